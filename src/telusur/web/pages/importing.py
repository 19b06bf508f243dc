"""Import: files that are sent, text that is pasted, or a folder of this machine, into the archive; with live progress.

Without script the page renews itself every two seconds; with it, it listens.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from ...answers.tables import _cell
from ...archive.inputs import SUFFIXES
from ...archive.keep import find_number, load_records
from ...errors import BadRequest
from ...model.document import Hints
from ..imports import ENDS, Imports, Job
from ..rendering import render
from ..security import TOKEN_FIELD, check_token, person, require, writes
from ..settings import LOOPBACK
from ..snapshots import reading

MOST_BYTES = 512 << 20
MOST_FILES = 1000
LONGEST_TEXT = 5 << 20
TITLED = 20
"""Articles that are listed by their titles; of more, the name of the file stands there."""
_BEAT, _SILENCE = 0.4, 15.0
"""Seconds between two looks at a job, and after which a sign of life is sent."""


def imports_of(request: HTTPConnection) -> Imports:
    """The imports of this room, made with the first look."""
    state = request.app.state
    if not hasattr(state, "imports"):
        state.imports = Imports(state.archive, state.kept.written)
    found: Imports = state.imports
    return found


def takes_folders(request: HTTPConnection) -> bool:
    """Whether a folder of this machine may be named: only where whoever asks sits at it."""
    settings = request.app.state.settings
    host = request.client.host if request.client else ""
    return not settings.accounts and set(settings.hosts) <= set(LOOPBACK) and host in ("127.0.0.1", "::1", "testclient")


def show(request: Request) -> Response:
    return _page(request)


def _page(request: Request, *, trouble: str = "", status: int = 200) -> Response:
    require(request, "reviewer")
    return render(
        request, "importing/start.html", status=status, trouble=trouble, jobs=imports_of(request).recent(), folders=takes_folders(request),
        suffixes=", ".join(SUFFIXES), accept=",".join(sorted({suffix[suffix.rfind(".") :] for suffix in SUFFIXES})), most=MOST_BYTES >> 20,
    )  # fmt: skip


async def start(request: Request) -> Response:
    """Takes what a form sends: files, a text, or the name of a folder."""
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise HTTPException(411, "the form does not say how long it is; nothing was added")
    require(request, "reviewer")
    if int(length) > MOST_BYTES:
        return await run_in_threadpool(_page, request, trouble=f"that is more than {MOST_BYTES >> 20} MB at once; nothing was added; send it in parts, or name its folder", status=413)
    async with request.form(max_files=MOST_FILES, max_fields=20, max_part_size=LONGEST_TEXT) as form:
        check_token(request, str(form.get(TOKEN_FIELD) or ""))
        try:
            job = await _started(request, form)
        except BadRequest as error:
            return await run_in_threadpool(_page, request, trouble=str(error), status=400)
    return RedirectResponse(f"/impor/{job.id}", 303)


async def _started(request: Request, form: FormData) -> Job:
    who, hints = person(request).name, _hints(form)
    files = [file for file in form.getlist("berkas") if isinstance(file, UploadFile) and file.filename]
    text, path = str(form.get("teks") or ""), str(form.get("folder") or "").strip()
    imports = imports_of(request)
    if files:
        folder = Path(tempfile.mkdtemp(prefix="telusur-import-"))
        names = [await _saved(file, folder, n) for n, file in enumerate(files)]
        label = files[0].filename or "" if len(files) == 1 else f"{files[0].filename} + {len(files) - 1}"
        return imports.start(label, who, names, hints if len(files) == 1 else Hints(published=hints.published, publisher=hints.publisher), folder=folder)
    if text.strip():
        folder = Path(tempfile.mkdtemp(prefix="telusur-import-"))
        target = folder / "0" / ("teks.html" if text.lstrip()[:200].casefold().startswith(("<!doctype html", "<html")) else "teks.txt")
        target.parent.mkdir()
        target.write_bytes(text.encode("utf-8", "replace"))
        return imports.start(" ".join(text.split())[:80], who, [str(target)], hints, folder=folder)
    if path:
        return imports.start(path, who, [_named(request, path)], Hints(published=hints.published, publisher=hints.publisher))
    raise BadRequest("nothing was chosen; nothing was added; choose files, paste a text" + (", or name a folder" if takes_folders(request) else ""))


def _named(request: Request, path: str) -> str:
    """A file or folder of this machine.

    Raises:
        BadRequest: it may not be named from here, or is not there.
    """
    if not takes_folders(request):
        raise BadRequest("a folder can be named only by whoever sits at the machine of the archive; nothing was added; send the files instead")
    found = Path(path).expanduser()
    try:
        there = found.exists()
    except (OSError, ValueError):
        there = False
    if not there or not found.is_absolute():
        raise BadRequest(f"{path[:200]!r} is not there, or does not begin at the root of the disk; nothing was added; give the whole path, like /home/ani/berita")
    return str(found)


def _hints(form: FormData) -> Hints:
    def told(name: str) -> str | None:
        return str(form.get(name) or "").strip()[:2000] or None

    published = told("terbit")
    if published and not re.fullmatch(r"\d{4}-\d\d-\d\d", published):
        raise BadRequest(f"the date {published[:40]!r} cannot be understood; nothing was added; write it as year-month-day, like 2017-04-17")
    return Hints(url=told("alamat"), published=published, publisher=told("media"))


async def _saved(file: UploadFile, folder: Path, number: int) -> str:
    """A file that was sent, in a folder of its own, under a name that means nothing to any shell or disk."""
    name = re.sub(r"[^\w.-]+", "_", (file.filename or "").replace("\\", "/").rpartition("/")[2]).lstrip(".-")[-100:] or "berkas.txt"
    target = folder / str(number) / name

    def write_all() -> None:
        target.parent.mkdir()
        with target.open("wb") as out:
            while part := file.file.read(1 << 20):
                out.write(part)

    await run_in_threadpool(write_all)
    return str(target)


# --- one import -------------------------------------------------------------------------------------------------


def _job(request: Request) -> Job:
    require(request, "reviewer")
    job = imports_of(request).get(request.path_params["id"])
    if job is None:
        raise HTTPException(404, "there is no such import since the room was opened; what it added is in the archive")
    return job


def watch(request: Request) -> Response:
    job = _job(request)
    titles = _titles(request, [id for id, _label in list(job.kept)[:TITLED]]) if job.ended else {}
    return render(request, "importing/job.html", headers={"cache-control": "no-store"}, job=job, ends=ENDS, titles=titles)


def _titles(request: Request, ids: list[str]) -> dict[str, str]:
    """The titles of some articles."""
    with reading(request) as archive, archive.reading() as connection:
        numbers = [number for id in ids if (number := find_number(connection, id)) is not None]
        return {id: str(record["article"]["title"] or "") for id, record in load_records(archive, connection, numbers).values()}


def state(request: Request) -> Response:
    return Response(json.dumps(_job(request).told()), media_type="application/json", headers={"cache-control": "no-store"})


async def stream(request: Request) -> Response:
    """How far it is, as it goes on (server-sent events)."""
    job = _job(request)

    async def told() -> AsyncIterator[str]:
        last, silent = "", 0.0
        while True:
            now = json.dumps(job.told())
            if now != last:
                yield f"data: {now}\n\n"
                last, silent = now, 0.0
            if job.ended or await request.is_disconnected():
                return
            await asyncio.sleep(_BEAT)
            silent += _BEAT
            if silent >= _SILENCE:
                yield ": still here\n\n"
                silent = 0.0

    return StreamingResponse(told(), media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"})


def failures(request: Request) -> Response:
    """What failed, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("label", "code", "message"))
    for one in _job(request).refused:
        writer.writerow([_cell(one.label), _cell(one.code), _cell(one.message)])
    headers = {"content-disposition": 'attachment; filename="telusur-gagal.csv"', "cache-control": "no-store"}
    return Response(out.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)


@writes("reviewer")
def tell(request: Request, form: FormData) -> Response:
    job, word = _job(request), str(form.get("apa") or "")
    if word not in ("pause", "go", "stop"):
        raise BadRequest("an import can be paused, let go on, or stopped; nothing was done")
    imports_of(request).tell(job, word)  # type: ignore[arg-type]
    return RedirectResponse(f"/impor/{job.id}", 303)


ROUTES = [
    Route("/impor", show), Route("/impor", start, methods=["POST"]),
    Route("/impor/{id}.json", state), Route("/impor/{id}/alir", stream), Route("/impor/{id}/gagal.csv", failures),
    Route("/impor/{id}", watch), Route("/impor/{id}", tell, methods=["POST"]),
]  # fmt: skip
