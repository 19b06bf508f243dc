"""The program as its users run it: real processes, real pipes, real files."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from telusur.bulk import MAX_LINE_BYTES, answer, answers, check_published, check_url, split_lines
from telusur.config import Settings, settings
from telusur.errors import BadRequest
from telusur.export.check import check_record, schema

PROGRAM = [sys.executable, "-m", "telusur"]
DONE, SOME_FAILED, USAGE, NOTHING_READ, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141

STORY = (
    "Warga Rawa Indah Tolak Pelebaran Dermaga\n\n"
    "Rawa Indah - Ketua Serikat Nelayan Rawa Indah, Jumadi Prasetya, menolak rencana pelebaran dermaga, Senin (6/5/2024).\n\n"
    "“Kami tidak pernah diajak bicara,” kata Jumadi di Rawa Indah.\n\n"
    "Bupati Wulan Ayuningtyas membantah tudingan itu. Menurut Wulan, pemerintah kabupaten sudah bertemu nelayan pada April lalu.\n\n"
    "Baca juga: Dermaga Rawa Ditutup\n"
)
ENVIRONMENT = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("TELUSUR_", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"))
} | {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}


def telusur(*arguments: object, given: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)], input=given, capture_output=True, env=ENVIRONMENT | environment, timeout=120, check=False
    )


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "dermaga.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def widest(report: str, file: Path) -> int:
    """The longest line, but for the commands to copy, which are never broken."""
    return max(len(text) for text in report.splitlines() if str(file) not in text)


def line(key: str, **told: object) -> bytes:
    return json.dumps({"id": key, "text": STORY, **told}).encode() + b"\n"


def bare(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what may differ from run to run."""
    return {**record, "analysis": None, "id": None}


# --- one article ------------------------------------------------------------------------------------------------


def test_a_report_is_printed_in_indonesian(story: Path) -> None:
    ended = telusur("read", story)
    assert ended.returncode == DONE
    assert ended.stderr == b""
    report = ended.stdout.decode()
    assert report.startswith("Warga Rawa Indah Tolak Pelebaran Dermaga\n")
    assert "ATAS KATA SIAPA" in report
    assert "“Kami tidak pernah diajak bicara”" in " ".join(report.split())
    assert f"telusur read {story} --open" in report
    assert "\x1b" not in report


@pytest.mark.parametrize(
    ("stated", "environment", "language"),
    [
        (None, {"LC_ALL": "id_ID.UTF-8"}, "id"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LC_ALL": "C.UTF-8"}, "id"),  # a locale that speaks no language: the readers' own
        (None, {}, "id"),
        (None, {"LANG": "nl_NL.UTF-8"}, "en"),  # neither of ours: the wider known
        (None, {"LC_ALL": "id_ID", "TELUSUR_LANG": "en"}, "en"),
        ("id", {"TELUSUR_LANG": "en"}, "id"),
    ],
)
def test_the_language_is_the_arguments_the_settings_or_the_locales(
    stated: str | None, environment: dict[str, str], language: str
) -> None:
    assert settings(environment, lang=stated).lang == language


def test_the_report_speaks_the_language_of_the_locale(story: Path) -> None:
    assert "ON WHOSE WORD" in telusur("read", story, LC_ALL="en_GB.UTF-8").stdout.decode()


def test_the_record_is_printed_and_keeps_its_format(story: Path) -> None:
    ended = telusur("read", "--json", story)
    record = json.loads(ended.stdout)
    assert ended.returncode == DONE
    Draft202012Validator(schema()).validate(record)
    assert check_record(record) == []
    assert record["text"] == STORY
    assert record["source"]["name"] == "dermaga.txt"


def test_standard_input_gives_the_same_record_without_a_name(story: Path) -> None:
    from_file = json.loads(telusur("read", "--json", story).stdout)
    piped = json.loads(telusur("baca", "-f", "json", "-", given=STORY.encode()).stdout)
    assert piped["source"]["name"] is None
    assert bare(piped) | {"source": None} == bare(from_file) | {"source": None}


def test_what_the_user_states_is_taken_where_the_page_is_silent(story: Path) -> None:
    ended = telusur("read", "--json", "-v", story, "--published", "2024-05-07", "--url", "https://kabar.example/1", "--outlet", "Kabar Rawa")
    record = json.loads(ended.stdout)
    assert record["article"]["published"] == "2024-05-07"
    assert record["article"]["publisher"] == "Kabar Rawa"
    assert re.search(rb"dermaga.txt: \d+ characters", ended.stderr), "verbose tells of each file on standard error"
    assert record["source"]["url"] == "https://kabar.example/1"


def test_the_width_is_kept_and_wrong_ones_refused(story: Path) -> None:
    report = telusur("read", story, "--width", 60).stdout.decode()
    assert widest(report, story) == 60
    assert widest(telusur("read", story).stdout.decode(), story) == 92
    assert telusur("read", story, "--width", 5).returncode == USAGE


# --- output -----------------------------------------------------------------------------------------------------


def test_a_page_is_written_by_the_name_of_its_file(story: Path, tmp_path: Path) -> None:
    ended = telusur("read", story, "-o", tmp_path / "halaman.html")
    assert (ended.returncode, ended.stdout) == (DONE, b"")
    page = (tmp_path / "halaman.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Jumadi" in page


def test_a_record_is_written_by_the_name_of_its_file(story: Path, tmp_path: Path) -> None:
    assert telusur("read", story, "-o", tmp_path / "rekaman.json").returncode == DONE
    assert json.loads((tmp_path / "rekaman.json").read_text(encoding="utf-8"))["text"] == STORY


def test_a_folder_takes_a_file_for_each_and_none_is_lost(story: Path, tmp_path: Path) -> None:
    """Also where two files of one name come from two folders."""
    other, out = tmp_path / "lain" / "dermaga.txt", tmp_path / "keluar"
    for folder in (other.parent, out):
        folder.mkdir()
    other.write_text(STORY, encoding="utf-8")
    assert telusur("read", "-f", "html", story, other, "-o", out).returncode == DONE
    assert sorted(path.name for path in out.iterdir()) == ["dermaga-2.html", "dermaga.html"]


def test_what_is_read_is_never_written_over(story: Path) -> None:
    assert telusur("read", "--json", story, "-o", story).returncode == USAGE
    assert story.read_text(encoding="utf-8") == STORY


def test_a_failed_reading_leaves_the_old_output_alone(tmp_path: Path) -> None:
    old = tmp_path / "rekaman.json"
    old.write_text("lama", encoding="utf-8")
    empty = tmp_path / "kosong.txt"
    empty.write_text("", encoding="utf-8")
    assert telusur("read", "--json", empty, "-o", old).returncode == NOTHING_READ
    assert old.read_text(encoding="utf-8") == "lama"


def test_open_writes_the_page_and_calls_the_browser(story: Path, tmp_path: Path) -> None:
    browser, seen = tmp_path / "peramban", tmp_path / "terbuka"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}\n', encoding="utf-8")
    browser.chmod(0o755)
    ended = telusur("read", story, "--open", BROWSER=f"{browser} %s", TMPDIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (DONE, b"")
    address = seen.read_text(encoding="utf-8")
    assert address.startswith("file://")
    assert "<!doctype html>" in Path(address.removeprefix("file://")).read_text(encoding="utf-8")


def test_several_records_are_one_line_each_with_errors_in_their_place(story: Path, tmp_path: Path) -> None:
    empty = tmp_path / "kosong.txt"
    empty.write_text("", encoding="utf-8")
    ended = telusur("read", "--json", story, empty, story)
    lines = [json.loads(text) for text in ended.stdout.splitlines()]
    assert ended.returncode == SOME_FAILED
    assert ["error" in told for told in lines] == [False, True, False]
    assert lines[1]["error"]["code"] == "empty-source"
    assert ended.stderr.decode().count("\n") == 1


def test_output_survives_a_terminal_of_another_encoding(story: Path) -> None:
    ended = telusur("read", story, PYTHONIOENCODING="ascii")
    assert ended.returncode == DONE
    assert b"ATAS KATA SIAPA" in ended.stdout
    schema_bytes = telusur("schema", PYTHONIOENCODING="ascii").stdout
    assert json.loads(schema_bytes.decode("utf-8")) == schema()


# --- on a terminal ----------------------------------------------------------------------------------------------


def on_terminal(*arguments: object, columns: int = 92, **environment: str) -> str:
    """What the program writes on a terminal of so many columns."""
    import fcntl
    import struct
    import termios

    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [*PROGRAM, *map(str, arguments)], stdin=child, stdout=child, stderr=child, env=ENVIRONMENT | {"TERM": "xterm"} | environment
    )
    os.close(child)
    out = b""
    try:
        while chunk := os.read(parent, 65536):
            out += chunk
    except OSError:  # the terminal is closed: the program has ended
        pass
    process.wait()
    os.close(parent)
    return out.decode("utf-8")


def test_colour_is_for_terminals_and_for_those_who_want_it(story: Path) -> None:
    assert "\x1b[" in on_terminal("read", story)
    assert "\x1b[" not in on_terminal("read", story, NO_COLOR="1")
    assert b"\x1b[" in telusur("read", story, FORCE_COLOR="1").stdout


@pytest.mark.parametrize(("columns", "most"), [(60, 60), (200, 92)])
def test_the_report_fits_the_terminal_and_stays_readable(columns: int, most: int, story: Path) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal("read", story, columns=columns))
    assert widest(shown, story) == most


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    lines = tmp_path / "banyak.jsonl"
    lines.write_bytes(line("satu") + line("dua"))
    assert "2 articles, 0 failed" in on_terminal("read", "--jsonl", lines, "-o", tmp_path / "keluar.jsonl")
    assert "articles" not in on_terminal("read", "--jsonl", "-q", lines, "-o", tmp_path / "keluar.jsonl")
    assert telusur("read", "--jsonl", lines).stderr == b""


# --- bulk -------------------------------------------------------------------------------------------------------


def test_lines_in_give_lines_out_in_their_order() -> None:
    ended = telusur("read", "--jsonl", given=line("satu") + b"\n" + line("dua", published="2024-05-07") + line("tiga").rstrip())
    records = [json.loads(text) for text in ended.stdout.splitlines()]
    assert ended.returncode == DONE
    assert [record["id"] for record in records] == ["satu", "dua", "tiga"]
    assert records[1]["article"]["published"] == "2024-05-07"
    for record in records:
        Draft202012Validator(schema()).validate(record)


BROKEN = [
    (b"{", None, "bad-request", "JSON cut short"),
    (b"[1]", None, "bad-request", "a list"),
    (b"null", None, "bad-request", "nothing"),
    (b'"teks"', None, "bad-request", "a string"),
    (b'{"id": "a"}', "a", "bad-request", "no text"),
    (b'{"id": "a", "text": null}', "a", "bad-request", "a null text"),
    (b'{"id": "a", "text": 3}', "a", "bad-request", "a text that is a number"),
    (b'{"id": 3, "text": "x"}', 3, "bad-request", "an id that is a number"),
    (b'{"id": "a", "text": ""}', "a", "empty-source", "an empty text"),
    (b'{"id": "a", "text": "x", "html": "<p>x"}', "a", "bad-request", "two texts"),
    (b'{"id": "a", "text": "x", "published": "6/5/2024"}', "a", "bad-request", "a date in another form"),
    (b'{"id": "a", "text": "x", "published": "2024-02-30"}', "a", "bad-request", "a day of no calendar"),
    (b'{"id": "a", "text": "x", "url": "kabar.example"}', "a", "bad-request", "a URL without scheme"),
    (b'{"id": "a", "text": "\xff"}', None, "bad-request", "no UTF-8"),
    (b"[" * 200_000, None, "bad-request", "brackets without end"),
    (b'{"id": "a", "text": "%PDF-1.7 x"}', "a", "wrong-media", "a PDF"),
]


@pytest.mark.parametrize(("given", "key", "code", "reason"), BROKEN, ids=[row[3] for row in BROKEN])
def test_a_line_that_cannot_be_read_says_why(given: bytes, key: object, code: str, reason: str) -> None:
    told = answer(given + b"\n")
    assert told.failed
    value = json.loads(told.line)
    assert value.keys() == {"id", "error"}
    assert (value["id"], value["error"]["code"]) == (key, code), reason
    assert value["error"]["message"]
    assert "\n" not in told.line


@pytest.mark.parametrize(
    "told",
    [
        {"url": "", "published": "", "publisher": "", "title": ""},
        {"url": None, "published": None, "publisher": None, "title": None, "html": None},
        {"lain": {"apa": ["saja"]}},
    ],
)
def test_what_is_empty_or_not_of_the_interface_is_passed_over(told: dict[str, object]) -> None:
    assert not answer(line("a", **told)).failed


def test_broken_lines_do_not_stop_the_run() -> None:
    ended = telusur("read", "--jsonl", given=b"{\n" + line("satu") + b"\x00\xff\n" + line("dua"))
    told = [json.loads(text) for text in ended.stdout.splitlines()]
    assert ended.returncode == SOME_FAILED
    assert [value["id"] for value in told] == [None, "satu", None, "dua"]
    assert b"2 of 4 lines" in ended.stderr


def test_several_processes_give_the_same_as_one() -> None:
    given = b"".join(line(f"a{n}", title=f"Judul {n}") if n % 4 else b"{rusak\n" for n in range(14))
    one, three = (telusur("read", "--jsonl", "--jobs", n, given=given) for n in (1, 3))
    strip = re.compile(rb'"seconds": [0-9.]+')
    assert strip.sub(b"", one.stdout) == strip.sub(b"", three.stdout)
    assert one.returncode == three.returncode == SOME_FAILED
    assert one.stdout.count(b"\n") == 14


def test_a_process_that_dies_costs_one_line_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the system ends a process that needs too much memory: here each is killed once it has started."""
    from telusur import bulk

    killed: list[int] = []
    start = bulk._Worker._start

    def start_and_kill(worker: bulk._Worker) -> None:
        start(worker)
        if len(killed) < 2:
            assert worker.process.pid is not None
            killed.append(worker.process.pid)
            os.kill(worker.process.pid, signal.SIGKILL)

    monkeypatch.setattr(bulk._Worker, "_start", start_and_kill)
    told = [json.loads(found.line) for found in answers([line(f"a{n}") for n in range(10)], jobs=2)]
    assert len(killed) == 2
    assert [value["id"] for value in told] == [f"a{n}" for n in range(10)]
    assert [value for value in told if "error" in value] == []


def test_a_run_without_lines_says_so() -> None:
    ended = telusur("read", "--jsonl", given=b"\n \n")
    assert (ended.returncode, ended.stdout) == (NOTHING_READ, b"")
    assert b"no line was given" in ended.stderr


def test_a_line_without_end_is_cut_and_the_next_is_read() -> None:
    import io

    stream = io.BytesIO(b"x" * (MAX_LINE_BYTES + 10) + b"\n" + b"{}\n")
    first, second = split_lines(stream)
    assert len(first) == MAX_LINE_BYTES + 1
    assert json.loads(answer(first).line)["error"]["code"] == "too-large"
    assert second == b"{}\n"


# --- endings ----------------------------------------------------------------------------------------------------


def test_a_closed_pipe_ends_the_program_without_a_word(tmp_path: Path) -> None:
    lines = tmp_path / "banyak.jsonl"
    lines.write_bytes(b"".join(line(f"a{n}") for n in range(40)))
    with subprocess.Popen(
        [*PROGRAM, "read", "--jsonl", str(lines)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == PIPE_CLOSED
        assert process.stderr.read() == b""


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_ends_the_program_and_keeps_what_is_done(jobs: int) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "read", "--jsonl", "--jobs", str(jobs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        process_group=0,
        bufsize=0,  # what a reader had buffered would be lost to `communicate`
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"".join(line(f"a{n}") for n in range(4 * (jobs + 1))))
    process.stdin.flush()
    first = process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert json.loads(first)["id"] == "a0"
    assert all(json.loads(text) for text in out.splitlines())
    assert err.decode().strip() == "telusur: interrupted; what was printed so far stands"


def until_it_waits(process: subprocess.Popen[bytes]) -> None:
    """Until the program sleeps, for input: before that an interrupt would meet Python starting up."""
    asleep = 0
    for _ in range(300):
        state = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        asleep = asleep + 1 if state == "S" else 0
        if asleep == 5:
            return
        time.sleep(0.1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the state of a process is read from /proc")
def test_an_interrupt_while_waiting_for_input_is_no_traceback() -> None:
    with subprocess.Popen([*PROGRAM, "read", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        until_it_waits(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == INTERRUPTED
        assert b"Traceback" not in err


# --- wrong usage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("reed", "a.txt"), "did you mean 'read'?"),
        (("bacaa", "a.txt"), "did you mean 'baca'?"),
        (("zzz",), "the commands are"),
        (("read",), "no FILE is given"),
        (("read", "--jsno", "a.txt"), "--json"),
        (("read", "-f", "pdf", "a.txt"), "'html'"),
        (("read", "--json", "-f", "text", "a.txt"), "ask for two things"),
        (("read", "--json", "--open", "a.txt"), "--open"),
        (("read", "a.txt", "--published", "besok"), "YYYY-MM-DD"),
        (("read", "a.txt", "--published", "2024-02-30"), "YYYY-MM-DD"),
        (("read", "a.txt", "--url", "kabar.example/1"), "has no scheme"),
        (("read", "a.jsonl"), "add --jsonl"),
        (("read", "--jsonl", "--published", "2024-05-06"), "stand in each line"),
        (("read", "-f", "html", "a.txt", "b.txt"), "give -o a folder"),
        (("read", "a.txt", "-o", "/tidak/ada/x.json"), "there is no folder"),
        (("read", "--jobs", "0", "--jsonl"), "--jobs"),
        (("evaluate", "/tidak/ada"), "does not exist"),
        (("completion", "tcsh"), "'bash'"),
    ],
)
def test_wrong_usage_is_told_in_one_line_with_what_to_do(arguments: tuple[str, ...], words: str) -> None:
    ended = telusur(*arguments, given=b"")
    err = ended.stderr.decode()
    assert ended.returncode == USAGE
    assert ended.stdout == b""
    assert words in err
    assert err.startswith("telusur: ")
    assert err.count("\n") == 1


def test_a_wrong_setting_in_the_environment_is_told(story: Path) -> None:
    for name, value in (("TELUSUR_LANG", "fr"), ("TELUSUR_WIDTH", "lebar"), ("TELUSUR_JOBS", "0")):
        ended = telusur("read", story, **{name: value})
        assert ended.returncode == USAGE
        assert name.encode() in ended.stderr


def test_a_missing_file_is_one_line_and_a_traceback_only_on_request(tmp_path: Path) -> None:
    missing = tmp_path / "tiada.txt"
    ended = telusur("read", missing)
    assert ended.returncode == NOTHING_READ
    assert ended.stderr.decode().count("\n") == 1
    assert ended.stderr.decode().count("tiada.txt") == 1
    assert b"Traceback" in telusur("read", "--debug", missing).stderr


# --- the other commands -----------------------------------------------------------------------------------------


def test_the_schema_is_printed() -> None:
    for command in ("schema", "skema"):
        assert json.loads(telusur(command).stdout) == schema()


def test_versions_are_printed() -> None:
    out = telusur("version").stdout.decode()
    assert re.match(r"telusur \d+\.\d+\.\d+\nrecord format telusur/1\nPython 3\.", out)
    assert telusur("--version").stdout.decode().split()[1] == out.split()[1]


@pytest.mark.parametrize(("shell", "words"), [("bash", "complete -o nosort"), ("zsh", "#compdef telusur"), ("fish", "complete --no-files")])
def test_completion_scripts_are_printed(shell: str, words: str) -> None:
    assert words in telusur("completion", shell).stdout.decode()


def test_completion_knows_commands() -> None:
    out = telusur(_TELUSUR_COMPLETE="bash_complete", COMP_WORDS="telusur re", COMP_CWORD="1").stdout
    assert b"plain,read" in out


def test_the_doctor_reads_a_sample() -> None:
    ended = telusur("doctor")
    assert ended.returncode == DONE, ended.stdout.decode()
    assert b"FAIL" not in ended.stdout
    assert b"sample article" in ended.stdout


def test_model_cards_are_shown() -> None:
    out = telusur("models").stdout.decode().casefold()
    assert "licence" in out or "license" in out


def test_evaluation_prints_figures_and_errors(shared: Path, tmp_path: Path) -> None:
    gold = sorted((shared / "gold" / "dev").glob("*.json"))[0]
    out = telusur("evaluate", gold, "--errors", "1").stdout.decode()
    assert out.startswith("1 documents, 0 counted as empty\n")
    assert re.search(r"^mentions\.f1 +\d+\.\d$", out, re.MULTILINE)
    again = json.loads(telusur("nilai", gold, "--json", "--jobs", "2").stdout)
    assert re.search(rf"^mentions\.f1 +{100 * again['scores']['mentions.f1']['value']:.1f}$", out, re.MULTILINE)


def test_help_loads_nothing_heavy() -> None:
    """How long it takes the quality gate measures, by how quick the processor is."""
    assert b"read" in telusur("--help").stdout
    code = "import sys, telusur.cli; print([m for m in ('rich', 'lxml', 'numpy', 'onnxruntime') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["read", "schema", "evaluate", "models", "version", "doctor", "completion"])
def test_every_command_explains_itself(command: str) -> None:
    ended = telusur(command, "--help")
    assert ended.returncode == DONE
    assert len(ended.stdout.decode().splitlines()) > 4


# --- hints and settings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        (None, None),
        ("", None),
        ("2024-05-06", "2024-05-06"),
        (" 2024-05-06 ", "2024-05-06"),
        ("2024-05-06T14:30+07:00", "2024-05-06T14:30+07:00"),
        ("2024-05-06T14:30:05+0700", "2024-05-06T14:30:05+07:00"),
        ("2024-05-06T14:30Z", "2024-05-06T14:30Z"),
        ("2024-05-06 14:30:00", "2024-05-06"),  # a time of no place: the day is sure, the hour is not
    ],
)
def test_dates_are_taken_in_the_form_of_the_record(stated: str | None, kept: str | None) -> None:
    assert check_published(stated) == kept


@pytest.mark.parametrize("stated", ["2024", "2024-05", "20240506", "2024-W18-1", "6/5/2024", "2024-05-06T25:00+07:00", "2024-5-6", "x" * 9999])
def test_other_dates_are_refused(stated: str) -> None:
    with pytest.raises(BadRequest, match="YYYY-MM-DD"):
        check_published(stated)


@pytest.mark.parametrize(("stated", "kept"), [(None, None), ("", None), ("https://a.example/b?c=1#d", "https://a.example/b?c=1#d")])
def test_addresses_are_taken_whole(stated: str | None, kept: str | None) -> None:
    assert check_url(stated) == kept


@pytest.mark.parametrize("stated", ["a.example", "//a.example", "https:", "https://a b", "javascript:alert(1)"])
def test_other_addresses_are_refused(stated: str) -> None:
    with pytest.raises(BadRequest):
        check_url(stated)


def test_arguments_win_over_the_environment_and_that_over_the_defaults() -> None:
    assert settings({}) == Settings()
    told = {"TELUSUR_WIDTH": "80", "TELUSUR_JOBS": "3", "TELUSUR_DEBUG": "1", "TELUSUR_LANG": "en"}
    assert settings(told) == Settings("en", 80, None, 3, debug=True)
    assert settings(told, lang="id", width=60, jobs=1) == Settings("id", 60, None, 1, debug=True)
    assert settings({"NO_COLOR": "1", "FORCE_COLOR": "1"}).color is False
    assert settings({"TERM": "dumb"}).color is False
    assert settings({"TERM": "xterm"}).color is None
    assert settings({"FORCE_COLOR": "1"}).color is True
    assert settings({"FORCE_COLOR": "1"}, no_color=True).color is False
