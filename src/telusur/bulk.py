"""JSON Lines in, JSON Lines out: many articles, one bad one never stops the run.

Comes in: lines, each a request ``{"id", "text" or "html", "url"?, "published"?, "publisher"?, "title"?}``.
Goes out: for each line, in the same order, the record's line or ``{"id", "error": {"code", "message"}}``.
The number of processes changes nothing but the time: each line is read by itself.
"""

from __future__ import annotations

import json
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, Protocol, TypeVar

from .errors import BadRequest, TelusurError, TooLarge
from .export.json import dump_json, dumps
from .ingest.files import from_text
from .model.document import Hints, Source
from .output import fault

MAX_LINE_BYTES = 64_000_000
"""The longest line that is taken in: a page of the largest size, escaped."""

_Item = TypeVar("_Item")
_Out = TypeVar("_Out")

_BATCH = 4
"""Lines that a process gets at a time: few, so that a short run is shared out too."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:?\d\d)?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line of input gave: a line of JSON, and the error's code where it tells a failure."""

    line: str
    code: str | None = None

    @property
    def failed(self) -> bool:
        return self.code is not None


def check_published(value: str | None) -> str | None:
    """A stated publication date, as the record writes it; None where nothing is stated.

    A time of day without an offset says when only to those who know where: the day alone is kept.

    Raises:
        BadRequest: not a day of the calendar in the form YYYY-MM-DD, or that with a time of day.
    """
    if value is None or not (value := value.strip()):
        return None
    found = _MOMENT.fullmatch(value)
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
        if found and found[3]:
            offset = found[3] if found[3] == "Z" or ":" in found[3] else f"{found[3][:3]}:{found[3][3:]}"
            datetime.fromisoformat(f"{found[1]}T{found[2]}{offset}")
            return f"{found[1]}T{found[2]}{offset}"
        if found:
            return datetime.fromisoformat(f"{found[1]}T{found[2]}").date().isoformat()
    except ValueError:
        pass
    raise BadRequest(
        f"the publication date {value[:60]!r} is no day of the calendar in the form YYYY-MM-DD; "
        "nothing was read with it; write it like 2017-04-17 or 2017-04-17T14:30+07:00, or leave it out"
    )


def check_url(value: str | None) -> str | None:
    """A stated URL; None where nothing is stated.

    Raises:
        BadRequest: it has no scheme, or holds white space.
    """
    if value is None or not (value := value.strip()):
        return None
    if not _URL.fullmatch(value):
        raise BadRequest(
            f"the URL {value[:80]!r} has no scheme or is broken; nothing was read with it; "
            "write it whole, like https://media.example/berita/1, or leave it out"
        )
    return value


def parse_request(line: bytes) -> dict[str, Any]:
    """The JSON object of one line.

    Raises:
        TooLarge: the line is longer than `MAX_LINE_BYTES`.
        BadRequest: it is no JSON object in UTF-8.
    """
    if len(line) > MAX_LINE_BYTES:
        raise TooLarge(
            f"the line holds more than {MAX_LINE_BYTES:,} bytes; it was left out; give one article a line"
        )
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadRequest(f"the line is not UTF-8 (byte {error.start}); it was left out; write it in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadRequest(
            f"the line is no JSON ({error}); it was left out; give one JSON object a line, or leave out --jsonl "
            "if this is a page"
        ) from error
    if not isinstance(value, dict):
        raise BadRequest(
            f"the line is a JSON {type(value).__name__}, not an object; it was left out; "
            'write {"id": …, "text": …}'
        )
    return value


def make_source(value: dict[str, Any]) -> tuple[Source, Hints]:
    """The page and the hints of one request. Keys that are not of the interface are passed over.

    Raises:
        BadRequest: a value of the wrong type, neither text nor html or both, a broken date or URL.
        TelusurError: what `ingest` raises for the text.
    """
    told = {key: _text(value, key) for key in ("id", "text", "html", "url", "published", "publisher", "title")}
    text, markup = told["text"], told["html"]
    if text is not None and markup is not None:
        raise BadRequest('the line holds both "text" and "html"; it is not clear which to read; give one')
    if text is None and markup is None:
        raise BadRequest('the line holds neither "text" nor "html"; there is nothing to read; give one of them')
    url = check_url(told["url"])
    hints = Hints(
        id=told["id"],
        url=url,
        published=check_published(told["published"]),
        publisher=told["publisher"] or None,
        title=told["title"] or None,
    )
    if text is not None:
        return from_text(text, url=url, media_type="text/plain"), hints
    return from_text(markup or "", url=url, media_type="text/html"), hints


def _text(value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise BadRequest(
            f'"{key}" is a JSON {type(found).__name__}, not a string; the line was left out; put it in quotation marks'
        )
    return found


def answer(line: bytes, least: float | None = None, fast: bool = False) -> Answer:
    """The record of one line, or why there is none. Never raises for what is in the line.

    ``least``: leave out what is less sure. ``fast``: by the fast tier.
    """
    from .confidence.asked import keep_sure
    from .pipeline import read

    key: object = None
    try:
        value = parse_request(line)
        key = value.get("id")
        source, hints = make_source(value)
        record = read(source, hints, fast=fast)
        return Answer(dumps(record if least is None else keep_sure(record, least)))
    except Exception as error:  # the edge of the program: a fault of ours costs one line, not the run
        return failure(key, *fault(error))


def failure(key: object, code: str, message: str) -> Answer:
    """The line that stands where a record should: the caller's id, the error's code, what to do."""
    return Answer(dump_json({"id": key, "error": {"code": code, "message": " ".join(message.split())}}), code)


class Readable(Protocol):
    """What lines are read from."""

    def readline(self, limit: int = ..., /) -> bytes: ...


def split_lines(stream: Readable) -> Iterator[bytes]:
    """The lines of a stream that are not blank; a line over the limit comes cut, for `parse_request` to refuse."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        rest = line
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE_BYTES + 1)
        if line.strip():
            yield line


def answers(lines: Iterable[bytes], jobs: int = 1, least: float | None = None, fast: bool = False) -> Iterator[Answer]:
    """The answer to each line, in order, read by ``jobs`` processes; without what is less sure than ``least``."""
    yield from shared_out(lines, partial(answer, least=least, fast=fast), _lost, jobs)


def shared_out(
    items: Iterable[_Item], task: Callable[[_Item], _Out], lost: Callable[[_Item], _Out], jobs: int = 1
) -> Iterator[_Out]:
    """What ``task`` makes of each item, in order, made by ``jobs`` processes.

    Args:
        items: any number of values that can be sent to another process.
        task: a function of a module, which other processes can find.
        lost: what stands in the place of an item over which its process died.
        jobs: how many processes; one means this one.
    """
    if jobs == 1:
        yield from map(task, items)
        return
    free: deque[_Worker[_Item, _Out]] = deque()
    busy: deque[_Worker[_Item, _Out]] = deque()
    source = iter(items)
    try:
        while batch := list(islice(source, _BATCH)):
            if not free and len(busy) < jobs:
                free.append(_Worker(task, lost))
            if not free:
                first = busy.popleft()
                yield from first.reply()
                free.append(first)
            worker = free.popleft()
            worker.ask(batch)
            busy.append(worker)
        for worker in busy:
            yield from worker.reply()
    finally:
        for worker in (*free, *busy):
            worker.stop()


class _Worker(Generic[_Item, _Out]):
    """A process that answers one batch of items at a time.

    One batch at a time keeps both pipes from filling up against each other. A process that dies (out of memory,
    killed) is replaced, and its items are tried one by one, so that only the one that kills it is lost.
    """

    def __init__(self, task: Callable[[_Item], _Out], lost: Callable[[_Item], _Out]) -> None:
        self.task, self.lost = task, lost
        self.batch: list[_Item] = []
        self._start()

    def _start(self) -> None:
        # "spawn": a fork would copy locks that threads of the parent may hold. An interrupt is the parent's to
        # handle; ignored at the start, it stays so in the new process.
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, self.task), daemon=True)
        with _deaf_to_interrupts():
            self.process.start()
        theirs.close()

    def _restart(self) -> None:
        self.stop()
        self._start()

    def ask(self, batch: list[_Item]) -> None:
        self.batch = batch
        with suppress(OSError):  # it may have died: `reply` finds out, and tries again
            self.pipe.send(batch)

    def reply(self) -> list[_Out]:
        batch = self.batch
        try:
            return self._receive()
        except (EOFError, OSError):
            self._restart()
            return [self._alone(item) for item in batch]

    def _receive(self) -> list[_Out]:
        received: list[_Out] = self.pipe.recv()
        return received

    def _alone(self, item: _Item) -> _Out:
        """One item by itself, after a process died over a batch."""
        self.ask([item])
        try:
            return self._receive()[0]
        except (EOFError, OSError):
            self._restart()
            return self.lost(item)

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


def _lost(line: bytes) -> Answer:
    return failure(
        _key(line),
        "internal-error",
        "the process that read this article died, as it does without enough memory; the article was left out; "
        "run it by itself, or with fewer --jobs",
    )


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ignores an interrupt for a moment; only the main thread can, and only there does it arrive."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _key(line: bytes) -> object:
    try:
        return parse_request(line).get("id")
    except TelusurError:
        return None


def _work(pipe: Connection, task: Callable[[_Item], _Out]) -> None:
    """What a process does: answers batches until the pipe ends, as it does when the parent is killed."""
    while True:
        try:
            pipe.send([task(item) for item in pipe.recv()])
        except (EOFError, OSError):
            return
