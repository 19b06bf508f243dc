"""The commands: what they take, and which part of the house does the work.

Nothing heavy is imported here at the top: ``--help`` and completion run this file on every key.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .. import __version__
from ..config import DEFAULT_WIDTH, MAX_JOBS, MAX_WIDTH, MIN_WIDTH, archive_place, message_language, settings
from ..errors import ArchiveError, BadRequest, MissingExtra, TelusurError
from ..output import PipeClosed, fault, put, stdout
from . import asking, tracing
from .accounts import tokens, users
from .assistant import mcp
from .decided import decisions, export, undo
from .helping import speak
from .houses import outlets
from .keeping import add, db, reprocess
from .people import actor, actors
from .reading import Reading, choose_format, read_lines
from .removing import remove
from .reviewing import review
from .serving import serve
from .status import ARCHIVE, DONE, INTERRUPTED, NOT_INSTALLED, NOTHING_READ, PIPE_CLOSED, SOME_FAILED, USAGE
from .telling import complain

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


ALIASES = asking.ALIASES | tracing.ALIASES | {"baca": "read", "tambah": "add", "arsip": "db", "nilai": "evaluate", "skema": "schema", "versi": "version", "periksa-diri": "doctor"} | {
    "tokoh": "actors", "sosok": "actor", "tinjau": "review", "keputusan": "decisions", "batalkan": "undo", "ekspor": "export", "hapus": "remove", "media": "outlets", "sajikan": "serve", "pengguna": "users", "kunci": "tokens",
}  # fmt: skip


class Commands(click.Group):
    """The commands, with their Indonesian names, and a word for those who mistype one."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, [*self.commands, *ALIASES], n=1, cutoff=0.5)
            if near:
                raise click.UsageError(f"there is no command {name!r}; did you mean {near[0]!r}?", ctx)
            known = ", ".join(sorted(self.commands))
            raise click.UsageError(f"there is no command {name!r}; the commands are {known}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(__version__, "-V", "--version", message="telusur %(version)s")
def cli() -> None:
    """Reads Indonesian-language news into records that can be searched, checked and cited.

    \b
    Start here:
      telusur read ARTICLE.txt           who said what, on whose word
      telusur read PAGE.html --open      the same beside the article, in the browser
      telusur read --json ARTICLE.txt    the record, for other programs
      telusur add FOLDER                 many articles, kept in an archive
      telusur serve --open               the archive in the browser: search, trace, correct

    Commands answer to Indonesian names too; each line below tells its own.
    """


@cli.command(short_help="Read articles: report, record or page (also: baca).")
@click.argument("files", nargs=-1, metavar="FILE... | -")
@click.option("--json", "as_json", is_flag=True, help="Print the record: one FILE as a document, several as JSON Lines.")
@click.option("--jsonl", is_flag=True, help='Bulk: JSON Lines in, {"id", "text" or "html", …}, records out in the same order.')
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "jsonl", "html"]), help="What to print; text if not said.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there; .html, .json set the format; a folder takes a file each.")
@click.option("--open", "show", is_flag=True, help="Show the reading view in the browser.")
@click.option("--lang", type=click.Choice(["id", "en"]), help="Language of report and page; by the locale if not said.")
@click.option("--published", metavar="DATE", help="Publication date, where the page prints none: YYYY-MM-DD.")
@click.option("--url", metavar="URL", help="Where the page came from.")
@click.option("--outlet", metavar="NAME", help="Who published it, where the page prints no name.")
@click.option("--width", type=click.IntRange(MIN_WIDTH, MAX_WIDTH), metavar="N", help=f"Columns of the report; {DEFAULT_WIDTH} if not said.")
@click.option("--no-color", is_flag=True, help="No colour (NO_COLOR does the same).")
@click.option("--jobs", type=click.IntRange(1, MAX_JOBS), metavar="N", help="Processes for --jsonl; the result is the same with any number.")
@click.option("--fast", is_flag=True, help="In about three quarters of the time, what follows an article's beginning with 7 of the model's 12 layers: for many articles; the record says so.")
@click.option("--least-confidence", type=click.FloatRange(0, 1), metavar="P", help="Leave out what is less likely right than P (0 to 1), and say how much.")
@click.option("-q", "--quiet", is_flag=True, help="No warnings, no progress.")
@click.option("-v", "--verbose", is_flag=True, help="The whole report, and a line for each file read.")
@click.option("--debug", is_flag=True, help="Let errors show their traceback.")
@click.pass_context
def read(
    ctx: click.Context,
    files: tuple[str, ...],
    as_json: bool,
    jsonl: bool,
    form: str | None,
    output: Path | None,
    show: bool,
    lang: str | None,
    published: str | None,
    url: str | None,
    outlet: str | None,
    width: int | None,
    no_color: bool,
    jobs: int | None,
    fast: bool,
    least_confidence: float | None,
    quiet: bool,
    verbose: bool,
    debug: bool,
) -> None:
    """Reads news articles, as plain text or HTML; "-" is standard input.

    Without other wishes it prints a report: on whose word the article stands, who said what, what happened, who holds
    what, and what to check. Nothing is stored, nothing leaves this machine.
    """
    chosen = settings(
        os.environ, lang=lang, width=width, no_color=no_color, jobs=jobs, quiet=quiet, verbose=verbose, debug=debug,
        least_confidence=least_confidence, fast=fast,
    )  # fmt: skip
    wish = choose_format(files, form, "jsonl" if jsonl else "json" if as_json else None, output, show)
    from ..bulk import check_published, check_url
    from ..model.document import Hints

    hints = Hints(url=check_url(url), published=check_published(published), publisher=(outlet or "").strip() or None)
    if wish == "jsonl":
        if hints != Hints():
            raise click.UsageError("--published, --url and --outlet are for one article; with --jsonl they stand in each line")
        ctx.exit(read_lines(files or ("-",), output, chosen))
    if not files:
        raise click.UsageError("no FILE is given, so there is nothing to read; name one, or - for standard input")
    ctx.exit(Reading(wish, output, show, chosen, hints, len(files)).run(files))


for command in (add, db, reprocess, actors, actor, review, decisions, undo, export, remove, outlets, serve, users, tokens, mcp):
    cli.add_command(command)
for answer in (*asking.COMMANDS, *tracing.COMMANDS):
    cli.add_command(answer)


@cli.command(short_help="Print the JSON Schema of a record (also: skema).")
def schema() -> None:
    """Prints the JSON Schema (2020-12) that every record keeps."""
    from ..lexicon import data_file

    put(stdout(), data_file("schema.json").read_text(encoding="utf-8"))


@cli.command(short_help="Score this program on gold files (also: nilai).")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option("--predicted", type=click.Path(exists=True, path_type=Path), metavar="FOLDER", help="Score these records instead of reading anew.")
@click.option("--json", "as_json", is_flag=True, help="Figures as JSON.")
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show N errors of each kind.")
@click.option("--fast", is_flag=True, help="Score the fast tier.")
@click.option("--jobs", type=click.IntRange(1, MAX_JOBS), metavar="N", help="Processes to read with.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def evaluate(gold: Path, predicted: Path | None, as_json: bool, errors: int, fast: bool, jobs: int | None, quiet: bool) -> None:
    """Reads the texts of GOLD, a folder of records made by hand, and scores what it finds against them."""
    from ..evaluate import Records, load, read_gold, to_json, to_text
    from ..evaluate import evaluate as score

    chosen = settings(os.environ, jobs=jobs, quiet=quiet)
    progress = sys.stderr.isatty() and not chosen.quiet

    def step(done: int, total: int) -> None:
        if progress:
            print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    def reader(records: Records) -> Records:
        return load(predicted) if predicted else read_gold(records, chosen.jobs, step, complain, fast)

    result = score(gold, reader, errors)
    put(stdout(), to_json(result) if as_json else to_text(result))


@cli.command(short_help="Show what models are installed, with their cards.")
def models() -> None:
    """Prints the card of every model that this program ships: data, licence, scores, size."""
    from ..lexicon import data_file

    def cards(folder: Traversable) -> list[str]:
        parts = sorted(folder.iterdir(), key=lambda part: part.name) if folder.is_dir() else []
        found = [part.read_text(encoding="utf-8").strip() for part in parts if part.name.endswith(".md")]
        return found + [card for part in parts if part.is_dir() for card in cards(part)]

    if not (found := cards(data_file("models"))):
        raise MissingExtra("no model is installed; articles cannot be read; install telusur from a complete package")
    put(stdout(), "\n\n".join(found) + "\n")


@cli.command(short_help="Print versions (also: versi).")
def version() -> None:
    """Prints the versions of program and record format."""
    from ..model.record import FORMAT

    python = ".".join(map(str, sys.version_info[:3]))
    put(stdout(), f"telusur {__version__}\nrecord format {FORMAT}\nPython {python}\n")


@cli.command(short_help="Check that everything works, on a sample.")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Checks the installation: parts, word lists, model, the reading of a sample article, the archive."""
    from ..doctor import examine

    failed = False
    for what, problem, note in examine(archive_place(os.environ)):
        failed |= problem
        put(stdout(), f"{'FAIL' if problem else 'ok':4}  {what}{': ' if note else ''}{note}\n")
    ctx.exit(SOME_FAILED if failed else DONE)


@cli.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Prints a script that completes commands and options on TAB.

    \b
    bash:  eval "$(telusur completion bash)"      in ~/.bashrc
    zsh:   eval "$(telusur completion zsh)"       in ~/.zshrc
    fish:  telusur completion fish > ~/.config/fish/completions/telusur.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    put(stdout(), kind(cli, {}, "telusur", "_TELUSUR_COMPLETE").source() + "\n")


STATUSES: tuple[tuple[type[TelusurError], int], ...] = ((BadRequest, USAGE), (MissingExtra, NOT_INSTALLED), (ArchiveError, ARCHIVE))
"""How the program ends after an error of a kind."""

# --- the edge ---------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the program and ends the process with its exit status."""
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(arguments: list[str]) -> int:
    lang = _stated_language(arguments)
    speak(cli, message_language(os.environ, lang))
    debug = "--debug" in arguments or os.environ.get("TELUSUR_DEBUG", "0") not in ("", "0")
    try:
        status = cli.main(arguments, prog_name="telusur", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else DONE
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "telusur"
        message = error.format_message().rstrip(".")
        complain(message, lang, behind=f"see `{command} --help`")
        return USAGE
    except click.ClickException as error:
        complain(error.format_message(), lang)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _close_quietly()
        complain("interrupted; what was printed so far stands", lang)
        return INTERRUPTED
    except PipeClosed:
        _close_quietly()
        return PIPE_CLOSED
    except Exception as error:
        if debug:
            raise
        complain(fault(error)[1], lang)
        return next((status for kind, status in STATUSES if isinstance(error, kind)), NOTHING_READ)


def _stated_language(arguments: Sequence[str]) -> str | None:
    """What ``--lang`` says, even where the other arguments could not be understood; None where it says nothing of use."""
    told = [after for option, after in pairwise(arguments) if option == "--lang"]
    told += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    return told[-1] if told and told[-1] in ("id", "en") else None


def _close_quietly() -> None:
    """Gives up what is still in the buffer, so that Python does not complain about it at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
