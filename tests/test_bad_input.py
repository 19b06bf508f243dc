"""Whatever is given to `telusur read`: a record, or one clear error with its exit status, in bounded time and memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from telusur import errors
from telusur.cli.status import DONE, NOTHING_READ, SOME_FAILED, USAGE
from telusur.export.check import check_record
from telusur.export.json import to_json
from telusur.ingest.files import from_bytes
from telusur.pipeline import read

TELUSUR = Path(sys.executable).with_name("telusur")

CPU_SECONDS = 60
MEMORY_MB = 800

STORY = (
    "Warga Sukasirna Tolak Pasar Baru\n\n"
    "Sukasirna - Warga Kelurahan Sukasirna menolak rencana pemindahan pasar, Selasa (5/3/2024). "
    "Mereka menuding pemerintah kota tidak pernah mengajak mereka bicara.\n\n"
    "“Kami tidak menolak pasar, kami menolak digusur,” kata ketua warga, Darmawan Lubis, di balai kelurahan.\n\n"
    "Wali Kota Sukasirna Endah Prameswari membantah tudingan itu. Ia mengatakan rencana tersebut sudah dibahas sejak Januari.\n"
)
ENGLISH = (
    "Council Approves New Bus Lanes\n\nThe city council approved a plan on Tuesday to build bus lanes along the two busiest roads. "
    "Supporters said the lanes would cut travel times by a third.\n\n“We have waited ten years for this,” said the mayor, who led the campaign. "
    "Shop owners along the route said they would take the matter to court.\n"
)
CHROME = "Beranda\nNasional\nEkonomi\nOlahraga\nMasuk | Daftar\nBagikan\nSalin tautan\nCopyright 2024. All rights reserved.\n"


@dataclass(frozen=True)
class Run:
    """How one run of the program ended."""

    status: int
    out: str
    err: str
    cpu_seconds: float
    peak_mb: float


def run(*arguments: str, given: bytes = b"") -> Run:
    """Runs ``telusur`` in a process of its own, under a limit on CPU time, and measures it."""
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(given)
        stdin.seek(0)
        limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (2 * CPU_SECONDS, 2 * CPU_SECONDS))  # noqa: E731
        environment = {**os.environ, "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TELUSUR_LANG": "en"}
        child = subprocess.Popen([str(TELUSUR), *arguments], stdin=stdin, stdout=out, stderr=err, env=environment, preexec_fn=limit)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Run(
            child.returncode,
            out.read().decode("utf-8"),
            err.read().decode("utf-8"),
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024,
        )


def assert_bounded(ended: Run) -> None:
    assert ended.cpu_seconds < CPU_SECONDS, f"{ended.cpu_seconds:.0f} CPU-seconds"
    assert ended.peak_mb < MEMORY_MB, f"{ended.peak_mb:.0f} MB"


def nested(depth: int) -> bytes:
    return ("<html><body>" + "<div>" * depth + f"<p>{STORY}</p>" + "</div>" * depth + "</body></html>").encode()


def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


REFUSED = [
    pytest.param(b"", errors.EmptySource, id="no bytes"),
    pytest.param(b" \n\t\r\n ", errors.EmptySource, id="white space"),
    pytest.param(b"\xef\xbb\xbf", errors.EmptySource, id="a byte-order mark alone"),
    pytest.param(b"\x00" * 400, errors.EmptySource, id="NUL bytes alone"),
    pytest.param(CHROME.encode(), errors.NotAnArticle, id="menus and no article"),
    pytest.param(
        b"<html><body><nav><a href='/'>Beranda</a><a href='/n'>Nasional</a></nav><footer>Hak cipta</footer></body></html>",
        errors.NotAnArticle,
        id="a page of menus",
    ),
    pytest.param(ENGLISH.encode(), errors.WrongLanguage, id="English"),
    pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", errors.WrongMedia, id="a PDF"),
    pytest.param(png(), errors.WrongMedia, id="a picture"),
    pytest.param(b"PK\x03\x04" + b"\x14\x00" * 200, errors.WrongMedia, id="an archive"),
    pytest.param(b"a" * 50_000_000, errors.TooLarge, id="50 MB"),
]


@pytest.mark.parametrize(("given", "kind"), REFUSED)
def test_what_cannot_be_read_is_refused_by_its_own_name(given: bytes, kind: type[errors.TelusurError]) -> None:
    """The library raises the error that tells a caller what to do."""
    with pytest.raises(kind) as caught:
        read(from_bytes(given))
    assert type(caught.value) is kind
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(("given", "kind"), [p for p in REFUSED if p.id in {"no bytes", "menus and no article", "English", "a PDF", "50 MB"}])
def test_the_program_says_in_one_line_why_it_read_nothing(given: bytes, kind: type[errors.TelusurError], tmp_path: Path) -> None:
    """Exit status 3, nothing on standard output, one line on standard error, no traceback."""
    page = tmp_path / "masukan"
    page.write_bytes(given)
    ended = run("read", "--json", str(page))
    assert ended.status == NOTHING_READ
    assert ended.out == ""
    assert len(ended.err.strip().splitlines()) == 1, ended.err
    assert "masukan" in ended.err
    assert_bounded(ended)


KEPT = [
    pytest.param(STORY.encode("cp1252"), "“Kami tidak menolak pasar", id="Windows quotation marks"),
    pytest.param(STORY.encode("utf-16"), "“Kami tidak menolak pasar", id="UTF-16 with its mark"),
    pytest.param("\ufeff".encode() + STORY.encode(), "“Kami tidak menolak pasar", id="UTF-8 with a mark"),
    pytest.param(STORY.encode().replace("”".encode(), b"\x94"), "Darmawan Lubis", id="two encodings in one file"),
    pytest.param(STORY.encode() + b"\xff\xfe\x81 dan seterusnya.\n", "Darmawan Lubis", id="bytes of no encoding"),
    pytest.param(STORY.encode().replace(b"pasar,", b"pas\x00ar,"), "Darmawan Lubis", id="a NUL byte in a word"),
    pytest.param(STORY.replace("\n", "\r").encode(), "Wali Kota Sukasirna", id="line ends of old Macs"),
    pytest.param(STORY.replace("\n", "\r\n").encode(), "Wali Kota Sukasirna", id="line ends of Windows"),
    pytest.param(STORY.replace("”", "").encode(), "kata ketua warga", id="a quotation that never closes"),
    pytest.param(STORY.replace("“", "”““\"'").encode(), "kata ketua warga", id="marks in disorder"),
    pytest.param(STORY.replace("Darmawan", "Dar\u200bma\u200dwan\u2060").encode(), "kata ketua warga", id="zero-width characters"),
    pytest.param(STORY.replace("kata", "\u202eatak\u202c kata \u0627\u0644\u0633\u0644\u0627\u0645").encode(), "ketua warga", id="right to left"),
    pytest.param(STORY.replace("pasar", "pasar 🛒👩‍👩‍👧🇮🇩").encode(), "🛒👩‍👩‍👧🇮🇩", id="emoji"),
    pytest.param(STORY.replace("Endah", "E\u0301n\u0303dah\u0336" + "\u0301" * 50).encode(), "Prameswari", id="combining marks"),
    pytest.param(STORY.replace(" ", "\u00a0").encode(), "Darmawan\u00a0Lubis", id="no-break spaces"),
    pytest.param(("<p>" + STORY.replace("\n\n", "<p>") + "<div><b><i></p></table></span>").encode(), "Darmawan Lubis", id="tags in disorder"),
]


@pytest.mark.parametrize(("given", "words"), KEPT)
def test_odd_characters_still_give_a_record(given: bytes, words: str) -> None:
    """The text is kept, and every span of the record quotes it."""
    record = read(from_bytes(given))
    assert words in record.text
    assert check_record(to_json(record)) == []


LARGE = [
    pytest.param("halaman.html", nested(10_000), id="10,000 tags in each other"),
    pytest.param("halaman.html", b"<html><body>" + b"<p>satu <b>dua</b>" * 60_000, id="60,000 tags side by side"),
    pytest.param("teks.txt", (STORY.replace("\n", " ") * (1_000_000 // len(STORY))).encode(), id="one line of 1 MB"),
    pytest.param("teks.txt", STORY.encode() + b"\n" + b"a" * 2_000_000, id="one word of 2 MB"),
    pytest.param("teks.txt", (STORY + "\n" + "“" * 200_000 + "\n").encode(), id="200,000 opening marks"),
    pytest.param("teks.txt", (STORY + "\n" + "1" * 200_000 + "\n").encode(), id="200,000 digits"),
    pytest.param("teks.txt", (STORY + "\n" + ("(1/2) " * 50_000) + "\n").encode(), id="50,000 dates"),
    pytest.param("teks.txt", (STORY + "\n\n" + "B-" * 60_000 + "\n").encode(), id="60,000 letters in one compound"),
    pytest.param("teks.txt", (STORY + "\n" * 500_000 + STORY).encode(), id="500,000 blank lines"),
    pytest.param("teks.txt", (STORY + "\nBaca juga: kabar lain" * 40_000).encode(), id="40,000 links"),
]


@pytest.mark.parametrize(("name", "given"), LARGE)
def test_hostile_pages_end_in_bounded_time_and_memory(name: str, given: bytes, tmp_path: Path) -> None:
    """A record that keeps the format's rules, or one line that says why not; never a hang, never a crash."""
    page = tmp_path / name
    page.write_bytes(given)
    ended = run("read", "--json", str(page))
    assert_bounded(ended)
    if ended.status == DONE:
        assert check_record(json.loads(ended.out)) == []
    else:
        assert ended.status == NOTHING_READ, ended.err
        assert len(ended.err.strip().splitlines()) == 1, ended.err


def test_broken_lines_of_a_bulk_run_are_answered_in_their_place() -> None:
    """One bad line gives one error line, the run goes on, and the exit status says that something failed."""
    lines = [
        json.dumps({"id": "satu", "text": STORY}),
        '{"id": "dua", "text": "terpotong',
        "[1, 2, 3]",
        json.dumps({"id": "empat"}),
        json.dumps({"id": "lima", "text": ""}),
        json.dumps({"id": "enam", "text": ENGLISH}),
        json.dumps({"id": "tujuh", "text": STORY, "published": "besok lusa"}),
        json.dumps({"id": "delapan", "text": 8}),
        "",
        json.dumps({"id": "sepuluh", "html": f"<p>{STORY}</p>"}),
    ]
    ended = run("read", "--jsonl", "-", given=("\n".join(lines) + "\n").encode())
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.status == SOME_FAILED
    assert "Traceback" not in ended.err
    assert [a.get("id") for a in answers if "error" not in a] == ["satu", "sepuluh"]
    failed = {a["id"]: a["error"]["code"] for a in answers if "error" in a and a["id"]}
    assert failed["empat"] == "bad-request"
    assert failed["lima"] == "empty-source"
    assert failed["enam"] == "wrong-language"
    assert failed["tujuh"] == "bad-request"
    assert failed["delapan"] == "bad-request"
    assert len(answers) == len([line for line in lines if line])
    assert all(a["error"]["message"] for a in answers if "error" in a)


def test_a_bulk_file_that_is_not_text_ends_without_a_traceback() -> None:
    ended = run("read", "--jsonl", "-", given=b"\x00\xff\n\xfe\x81\n" + json.dumps({"id": "a", "text": STORY}).encode() + b"\n")
    assert ended.status == SOME_FAILED
    assert [("error" in json.loads(line)) for line in ended.out.splitlines()] == [True, True, False]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good, bad = tmp_path / "baik.txt", tmp_path / "buruk.txt"
    good.write_text(STORY, encoding="utf-8")
    bad.write_bytes(png())
    ended = run("read", "--json", str(bad), str(good), str(tmp_path / "tiada.txt"))
    assert ended.status == SOME_FAILED
    assert "Warga Sukasirna" in ended.out
    assert "buruk.txt" in ended.err
    assert "tiada.txt" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("arguments", [("read", "--tanpa-arti", "a.txt"), ("baca-semua",), ("read", "--published", "kapan-kapan", "-")])
def test_wrong_usage_is_told_before_anything_is_read(arguments: tuple[str, ...]) -> None:
    """Exit status 2, as every program of its kind."""
    ended = run(*arguments, given=STORY.encode())
    assert ended.status == USAGE
    assert ended.out == ""


@pytest.mark.parametrize("path", [".", "/dev/null"])
def test_what_is_no_file_is_refused(path: str) -> None:
    ended = run("read", path)
    assert ended.status == NOTHING_READ
    assert "Traceback" not in ended.err
