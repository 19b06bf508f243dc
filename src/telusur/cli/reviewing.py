"""The commands by which people decide: ``review`` and its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..config import MAX_WIDTH, MIN_WIDTH, archive_place
from ..output import put, stdout
from .keeping import archive_option
from .status import DONE, NOTHING_READ
from .telling import complain

if TYPE_CHECKING:
    from ..archive.decisions import Wish
    from ..archive.engine import Archive
    from ..archive.review import Decided

_Command = TypeVar("_Command", bound=Callable[..., Any])

LAYERS = ("claims", "attributions", "mentions", "times")


def by_option(command: _Command) -> _Command:
    """Who decides, and why: the same for all commands that do."""
    command = click.option("--why", metavar="TEXT", help="Why; kept with the decision.")(command)
    return click.option("--by", "who", metavar="NAME", help="Who decides; TELUSUR_BY if not said, else your login name.")(command)


def decider(who: str | None) -> str:
    """Who decides: as said, else by the environment, else the login name."""
    if chosen := who or os.environ.get("TELUSUR_BY"):
        return chosen
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _options(command: _Command) -> _Command:
    command = click.option("-q", "--quiet", is_flag=True, help="Print ids of decisions only.")(command)
    command = click.option("--dry-run", is_flag=True, help="Show which copies it would hold for, and decide nothing.")(command)
    return archive_option(by_option(command))


@click.group(invoke_without_command=True, short_help="Look over what the machine read, the most doubtful first (also: tinjau).")
@archive_option
@by_option
@click.option("--query", metavar="QUERY", help="Only articles that this search finds.")
@click.option("--article", metavar="ID", help="Only this article.")
@click.option("--width", type=click.IntRange(MIN_WIDTH, MAX_WIDTH), metavar="N", help="Columns; the terminal's if not said.")
@click.option("--no-color", is_flag=True, help="No colour (NO_COLOR does the same).")
@click.option("--lang", type=click.Choice(["id", "en"]), help="Language of the screen; by the locale if not said.")
@click.pass_context
def review(ctx: click.Context, place: str | None, who: str | None, why: str | None, query: str | None, article: str | None, width: int | None, no_color: bool, lang: str | None) -> None:
    """Shows one item after another, the most doubtful first, each in its sentence; single keys decide.

    The commands below do the same without a terminal. Items are named ARTICLE:ITEM, by the article's id (its first digits
    are enough) and the item's place or id: f0083:c304-309, f0083:c2.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("this is no terminal, so no keys can be pressed; use `telusur review queue`, accept, reject, correct")
    from ..archive import open_archive
    from .desk import Desk

    with open_archive(archive_place(os.environ, place)) as archive:
        among = find_among(archive, query, article)
        ctx.exit(Desk(archive, decider(who), why, among, width, no_color, lang).run())


def find_among(archive: Archive, query: str | None, article: str | None) -> list[int] | None:
    """Numbers of the articles to look in; None for all. Of a query's answers the newest thousand."""
    from ..archive.keep import find_number
    from ..archive.queue import resolve_article

    if article:
        with archive.reading() as connection:
            number = find_number(connection, resolve_article(connection, article))
            return [number] if number is not None else []
    if not query:
        return None
    from ..search.find import article_page
    from ..search.query import parse

    with archive.reading() as connection:
        return [key[0] for key in article_page(connection, parse(query), 1000).keys]


# --- deciding ---------------------------------------------------------------------------------------------------


def _split(id: str) -> tuple[str, str | None]:
    article, _, item = id.partition(":")
    return article, item or None


class Deciding:
    """One command's decisions: each is shown with the copies that it holds for."""

    def __init__(self, place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
        from ..archive import open_archive

        self.archive = open_archive(archive_place(os.environ, place))
        self.who, self.why, self.dry_run, self.quiet = decider(who), why, dry_run, quiet

    def __enter__(self) -> Deciding:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    def article(self, id: str) -> str:
        from ..archive.queue import resolve_article

        with self.archive.reading() as connection:
            return resolve_article(connection, id)

    def record(self, article: str) -> dict[str, Any]:
        from ..archive.keep import find_number, load_record

        with self.archive.reading() as connection:
            return load_record(self.archive, connection, find_number(connection, article) or 0)

    def key(self, article: str, item: str | None) -> str:
        from ..archive.review import key_in

        return key_in(self.record(article), item or "")

    def wish(self, action: str, **told: Any) -> Wish:
        from ..archive.decisions import Wish

        return Wish(action, self.who, self.why, **told)

    def decide(self, wish: Wish) -> None:
        from ..archive.queue import copies_of
        from ..archive.review import decide

        if wish.article and (self.dry_run or not self.quiet):
            with self.archive.reading() as connection:
                copies = copies_of(connection, wish.article)
            if copies:
                complain(f"{wish.article} has {len(copies)} copies, for which the decision holds too: {', '.join(copies[:5])}{' …' if len(copies) > 5 else ''}")
        if self.dry_run:
            complain(f"would {wish.action} {wish.article or ''} {wish.item or ''}; nothing was decided")
            return
        self.tell(wish.action, wish.item, decide(self.archive, wish))

    def tell(self, action: str, item: str | None, decided: Decided) -> None:
        if self.quiet:
            put(stdout(), decided.id + "\n")
            return
        where = f" in {decided.articles[0]}" if decided.articles else ""
        more = f" and {len(decided.articles) - 1} copies" if len(decided.articles) > 1 else ""
        put(stdout(), f"{decided.id}  {action} {item or ''}{where}{more}\n")


def _each(action: str, ids: tuple[str, ...], place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
    """Accepts or rejects items; all open ones of an article that is named alone."""
    from ..archive.doubts import open_items
    from ..archive.places import item_key

    with Deciding(place, who, why, dry_run, quiet) as deciding:
        for id in ids:
            article, item = _split(id)
            article = deciding.article(article)
            keys = [item] if item else [item_key(layer, one) for _, layer, one in open_items(deciding.record(article))]
            for key in keys:
                deciding.decide(deciding.wish(action, article=article, item=key))


@review.command(short_help="Say that items are right.")
@click.argument("ids", nargs=-1, required=True, metavar="ARTICLE[:ITEM]...")
@_options
def accept(ids: tuple[str, ...], place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
    """Accepts items; an article named alone has all its open attributions and claims accepted."""
    _each("accept", ids, place, who, why, dry_run, quiet)


@review.command(short_help="Say that items are wrong.")
@click.argument("ids", nargs=-1, required=True, metavar="ARTICLE[:ITEM]...")
@_options
def reject(ids: tuple[str, ...], place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
    """Rejects items: they stay, marked, and count no more."""
    _each("reject", ids, place, who, why, dry_run, quiet)


@review.command(short_help="Put a field of an item right.")
@click.argument("id", metavar="ARTICLE:ITEM")
@click.argument("field")
@click.argument("value")
@_options
def correct(id: str, field: str, value: str, place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
    """Corrects one FIELD of an item.

    \b
    claims:        type span actor recipient place time certainty polarity tense casualties according_to
    attributions:  speaker chain content cue style
    mentions:      span type entity
    entities:      name type link
    times:         span value from to type mod
    VALUE is a word of the field's own, words of the article, a stretch like 499-511, or - for none.
    """
    from ..archive.fields import read_value

    with Deciding(place, who, why, dry_run, quiet) as deciding:
        article, item = _split(id)
        article = deciding.article(article)
        record = deciding.record(article)
        key = deciding.key(article, item)
        name, read = read_value(record, key, field, value)
        deciding.decide(deciding.wish("correct", article=article, item=key, field=name, value=read))


@review.command(short_help="Add what the machine did not find.")
@click.argument("article")
@click.argument("layer", type=click.Choice(LAYERS))
@click.argument("item", metavar="JSON")
@_options
def add(article: str, layer: str, item: str, place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
    """Adds an item, told as JSON with words of the article.

    \b
    telusur review add f0083 claims '{"type": "COERCE", "trigger": "menahan", "actor": "Polres"}'
    telusur review add f0083 attributions '{"content": "lima orang tewas", "cue": "kata", "speaker": "Jumadi"}'
    """
    from ..archive.fields import new_item

    with Deciding(place, who, why, dry_run, quiet) as deciding:
        id = deciding.article(article)
        key, value = new_item(deciding.record(id), layer, item)
        deciding.decide(deciding.wish("add", article=id, item=key, value=value))


@review.command(short_help="Say that two are one: entities, or actors.")
@click.argument("one", metavar="ACTOR | ARTICLE:ENTITY")
@click.argument("other", metavar="ACTOR | ENTITY")
@_options
def merge(one: str, other: str, place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
    """Merges two actors, two entities of one article, or an article's entity into an actor."""
    from ..archive.actors import show_actor
    from ..archive.review import face_value

    with Deciding(place, who, why, dry_run, quiet) as deciding:
        article, item = _split(one)
        if item is None:
            with deciding.archive.reading() as connection:
                ids = [show_actor(connection, id).id for id in (one, other)]
            deciding.decide(deciding.wish("merge", item=ids[0], value=[ids[1]]))
            return
        article = deciding.article(article)
        key = deciding.key(article, item)
        if other[:1] == "e" and (":" in other or not other[1:].isalnum() or other[1:].isdigit()):
            into = deciding.key(article, other.rpartition(":")[2])
            deciding.decide(deciding.wish("merge", article=article, item=key, value=into))
            return
        with deciding.archive.reading() as connection:
            value = face_value(connection, show_actor(connection, other).id)
        deciding.decide(deciding.wish("merge", article=article, item=key, field="actor", value=value))


@review.command(short_help="Say that one is two: an entity, or an actor.")
@click.argument("one", metavar="FACE | ARTICLE:ENTITY")
@click.argument("mentions", nargs=-1, metavar="[MENTION...]")
@_options
def split(one: str, mentions: tuple[str, ...], place: str | None, who: str | None, why: str | None, dry_run: bool, quiet: bool) -> None:
    """Takes a face out of its actor (`telusur actor ID` lists faces); an entity out of its actor; or some MENTIONs of an
    entity out of it."""
    from ..archive.review import face_named

    with Deciding(place, who, why, dry_run, quiet) as deciding:
        article, item = _split(one)
        if item is None:
            with deciding.archive.reading() as connection:
                face = face_named(connection, one)
            deciding.decide(deciding.wish("split", item=face))
            return
        article = deciding.article(article)
        key = deciding.key(article, item)
        if mentions:
            keys = [deciding.key(article, mention) for mention in mentions]
            deciding.decide(deciding.wish("split", article=article, item=key, value=keys))
        else:
            deciding.decide(deciding.wish("split", article=article, item=key, field="actor"))


# --- looking ----------------------------------------------------------------------------------------------------


@review.command(short_help="List an article's items with their names.")
@click.argument("article")
@archive_option
def show(article: str, place: str | None) -> None:
    """Lists all items of an article by the names that the other commands take."""
    from ..archive import open_archive
    from .items import item_lines

    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        from ..archive.keep import find_number, load_record
        from ..archive.queue import resolve_article

        id = resolve_article(connection, article)
        record = load_record(archive, connection, find_number(connection, id) or 0)
    put(stdout(), "".join(f"{line}\n" for line in [id, *item_lines(record)]), replace=True)


@review.command("queue", short_help="List what waits, the most doubtful first.")
@archive_option
@click.option("--query", metavar="QUERY", help="Only articles that this search finds.")
@click.option("--article", metavar="ID", help="Only this article.")
@click.option("-n", "--limit", type=click.IntRange(1, 500), default=20, metavar="N", help="Most lines; 20 if not said.")
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.pass_context
def queue_(ctx: click.Context, place: str | None, query: str | None, article: str | None, limit: int, as_json: bool) -> None:
    """Lists items that nobody has decided on."""
    from ..archive import open_archive
    from ..archive.queue import next_waiting
    from .items import one_line

    skipped: set[tuple[str, str]] = set()
    with open_archive(archive_place(os.environ, place)) as archive:
        among = find_among(archive, query, article)
        while len(skipped) < limit and (one := next_waiting(archive, among=among, skipped=skipped)):
            skipped.add((one.article, one.key))
            told = {"id": f"{one.article}:{one.key}", "layer": one.layer, "confidence": one.confidence, "copies": one.copies, "item": one.item}
            line = json.dumps(told, ensure_ascii=False) if as_json else f"{one.confidence:.2f}  {one.article}:{one.key}  {one_line(one.record, one.layer, one.item)}"
            put(stdout(), line + "\n", replace=not as_json)
    ctx.exit(DONE if skipped else NOTHING_READ)
