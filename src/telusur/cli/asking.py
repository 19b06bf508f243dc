"""Commands that answer from an archive: ``search``, ``who``, ``claim``, ``timeline``, ``show``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..config import MAX_WIDTH, MIN_WIDTH, archive_place, settings
from ..output import fit_width, put, stdout
from .keeping import archive_option
from .status import DONE, NOTHING_READ

if TYPE_CHECKING:
    from ..archive.engine import Archive
    from ..export.report import Look

_Command = TypeVar("_Command", bound=Callable[..., Any])

FORMS = ("text", "json", "jsonl", "csv")
FACETS = ("outlet", "type", "certainty", "wire", "month")


lang_option = click.option("--lang", type=click.Choice(["id", "en"]), help="Language of the report; by the locale if not said.")


def answer_options(command: _Command) -> _Command:
    """What all answers take."""
    for option in (
        click.option("--debug", is_flag=True, help="Let errors show their traceback."),
        click.option("--no-color", is_flag=True, help="No colour (NO_COLOR does the same)."),
        click.option("--width", type=click.IntRange(MIN_WIDTH, MAX_WIDTH), metavar="N", help="Columns of the report."),
        lang_option,
        click.option("-f", "--format", "form", type=click.Choice(FORMS), default="text", help="What to print; text if not said."),
        archive_option,
    ):
        command = option(command)
    return command


def page_options(command: _Command) -> _Command:
    """What answers take that come in pages."""
    command = click.option("--after", metavar="KEY", help="The page behind this key, which the page before printed.")(command)
    return click.option("-n", "--limit", type=click.IntRange(1, 200), default=20, metavar="N", help="Most lines of a page; 20 if not said.")(command)


def _answered(place: str | None, ask: Callable[[Archive], Any], tell: Callable[[Any, Look], str], form: str, **look: Any) -> Any:
    """Asks an archive, and prints the answer."""
    from ..answers import tables
    from ..archive import open_archive

    with open_archive(archive_place(os.environ, place)) as archive:
        answer = ask(archive)
    told = tell(answer, look_of(**look)) if form == "text" else tables.write(answer, form)  # type: ignore[arg-type]
    put(stdout(), told)
    return answer


def look_of(lang: str | None, width: int | None, no_color: bool, debug: bool) -> Look:
    from ..export.report import Look

    chosen = settings(os.environ, lang=lang, width=width, no_color=no_color, debug=debug)
    color = sys.stdout.isatty() if chosen.color is None else chosen.color
    return Look(chosen.lang, fit_width(chosen), color)


@click.command(short_help="Find articles by words and fields (also: cari).")
@click.argument("query", nargs=-1, required=True)
@click.option("--best", is_flag=True, help="The best first, by words, rather than the newest.")
@click.option("--facet", "facets", multiple=True, type=click.Choice(FACETS), help="Count the values of this over all that is found; may be given again.")
@page_options
@answer_options
@click.pass_context
def search(ctx: click.Context, /, query: tuple[str, ...], best: bool, facets: tuple[str, ...], limit: int, after: str | None, place: str | None, form: str, **look: Any) -> None:
    """Finds articles, the newest first, each with the sentence that shows why.

    \b
    telusur search 'pelabuhan banjir'              both words, in any form: banjir finds kebanjiran
    telusur search '"gencatan senjata" -hamas'     a phrase, and a word that must not be there
    telusur search 'bangun* OR gedung'             the beginning of a word; one of two
    telusur search 'who:Allawi about:ISIS from:2017-03 to:2017'
    telusur search 'type:ASSAULT where:Mosul certainty:possible'

    Fields: who said about where from to type certainty outlet wire. Those of one claim or saying (who said about where type
    certainty) that stand side by side speak of the same one. docs/search.md tells all.
    """
    from ..answers import ask, report

    typed = " ".join(query)
    found = _answered(
        place,
        lambda archive: ask.search(archive, typed, size=limit, after=after, best=best, facets=facets),  # type: ignore[arg-type]
        lambda answer, looks: report.found(answer, typed, looks),
        form,
        **look,
    )
    ctx.exit(DONE if found.hits else NOTHING_READ)


@click.command(short_help="What somebody said, holds and leads; who holds it (also: siapa).")
@click.argument("name")
@click.option("--about", metavar="NAME", help="Only what was said about this.")
@click.option("--from", "from_", metavar="DATE", help="Only from articles of this day, month or year on.")
@click.option("--to", metavar="DATE", help="Only from articles up to this day, month or year.")
@page_options
@answer_options
@click.pass_context
def who(ctx: click.Context, /, name: str, about: str | None, from_: str | None, to: str | None, limit: int, after: str | None, place: str | None, form: str, **look: Any) -> None:
    """Tells of a person, a body or a place: its names, the offices it holds, who leads or controls it, and what it said.

    Each line says as of when and according to whom; where sources tell it differently, both sides are shown.
    """
    from ..answers import ask, report

    answer = _answered(
        place,
        lambda archive: ask.who(archive, name, about=about, from_=from_, to=to, size=limit, after=after),
        report.profile,
        form,
        **look,
    )
    ctx.exit(DONE if answer.names else NOTHING_READ)


@click.command(short_help="List claims, or sayings, that answer a query (also: klaim).")
@click.argument("query", nargs=-1)
@click.option("--sayings", is_flag=True, help="What was said, rather than what is claimed.")
@page_options
@answer_options
@click.pass_context
def claim(ctx: click.Context, /, query: tuple[str, ...], sayings: bool, limit: int, after: str | None, place: str | None, form: str, **look: Any) -> None:
    """Lists claims one by one, each with its sentence, its chain and its link; the query is that of `telusur search`.

    Of one claim, by its id or in a sentence, it shows who stands behind it: the origins as a tree, how many independent sources
    there are and why, each outlet's words, and who tells it otherwise (docs/how-we-count.md).

    \b
    telusur claim 0f0083c8#c499-511                one claim: from whom all who tell it have it
    telusur claim 'pasukan Irak merebut jembatan di Mosul'
    telusur claim 'type:controls about:Raqqa'      who controls Raqqa, according to whom, as of when
    telusur claim 'type:leads about:ISIS'          who leads it
    telusur claim --sayings 'who:Allawi'           what Allawi says
    """
    from ..answers import ask, report, traced

    typed = " ".join(query)
    if not sayings and after is None and traced.names_one(typed):
        _answered(place, lambda archive: traced.trace(archive, typed), traced.report, form, **look)
        ctx.exit(DONE)
    wanted = ask.sayings_of if sayings else ask.claims_of
    title = report.title("answer.sayings" if sayings else "answer.claims")
    answer = _answered(
        place,
        lambda archive: wanted(archive, typed, size=limit, after=after),
        lambda found, looks: report.lines(found, title(looks), looks),
        form,
        **look,
    )
    ctx.exit(DONE if answer.lines else NOTHING_READ)


@click.command(short_help="What happened in a place in a time (also: linimasa).")
@click.argument("when_", metavar="TIME")
@click.argument("where", metavar="[PLACE]", required=False)
@click.option("--to", metavar="DATE", help="The end, where TIME is the beginning.")
@click.option("--only", "query", default="", metavar="QUERY", help="Only claims that answer this too.")
@page_options
@answer_options
@click.pass_context
def timeline(ctx: click.Context, /, when_: str, where: str | None, to: str | None, query: str, limit: int, after: str | None, place: str | None, form: str, **look: Any) -> None:
    """Tells what happened in TIME (a year, a month such as 2017-03, or a day), in PLACE, in the order of time.

    Times are never more exact than the text; PLACE may come first. What has no date of its own stands at the end, where its article is of that time.
    """
    from ..answers import ask, report

    if where and not when_[:4].isdigit() and where[:4].isdigit():
        when_, where = where, when_  # the place may come first, as people say it
    title = report.title("answer.timeline")
    answer = _answered(
        place,
        lambda archive: ask.timeline(archive, where, when_, to, query=query, size=limit, after=after),
        lambda found, looks: report.lines(found, " · ".join(filter(None, (title(looks), where, when_, to))), looks, dated=True),
        form,
        **look,
    )
    ctx.exit(DONE if answer.lines else NOTHING_READ)


@click.command(short_help="Show an article, a claim or a saying by its id (also: lihat).")
@click.argument("id")
@answer_options
def show(id: str, place: str | None, form: str, **look: Any) -> None:
    """Shows one thing whole: a claim or saying (ARTICLE#c499-511), or an article as `telusur read` does."""
    from ..answers import ask, report

    _answered(place, lambda archive: ask.show(archive, id), report.shown, form, **look)


COMMANDS = (search, who, claim, timeline, show)
ALIASES = {"cari": "search", "siapa": "who", "klaim": "claim", "linimasa": "timeline", "lihat": "show"}
