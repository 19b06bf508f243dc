"""`telusur add` as its users run it: real processes, real kills, real full disks."""

from __future__ import annotations

import ctypes
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from archive.records import NOW, PAGE, entry, lines, page, record
from telusur.archive import open_archive
from telusur.archive.add import Progress
from telusur.archive.check import check
from telusur.archive.copy import fingerprint
from telusur.archive.keep import keep
from telusur.archive.schema import articles
from telusur.cli.keeping import Bar, span
from telusur.config import Settings
from telusur.errors import ArchiveUnwritable, NoArchive

PROGRAM = [sys.executable, "-m", "telusur"]
DONE, SOME_FAILED, USAGE, NOTHING_READ, ARCHIVE, INTERRUPTED = 0, 1, 2, 3, 4, 130
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("TELUSUR_", "LC_", "LANG"))} | {
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
}
PATIENCE = 600


def telusur(
    *arguments: object, given: bytes | None = None, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A run of the program; ``before`` is done in its process before it starts."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=given, capture_output=True, env=ENVIRONMENT | environment, timeout=PATIENCE, check=False, preexec_fn=before,
    )  # fmt: skip


def contents(place: object) -> str:
    with open_archive(str(place)) as archive:
        assert list(check(archive)) == []
        return fingerprint(archive)


def ids(place: object) -> set[str]:
    with open_archive(str(place)) as archive, archive.reading() as connection:
        return set(connection.execute(select(articles.c.id)).scalars())


def ids_or_none(place: Path) -> set[str]:
    """None are there, too, where a kill came before the archive was made."""
    try:
        return ids(place)
    except NoArchive:
        return set()


def told(ended: subprocess.CompletedProcess[bytes]) -> dict[str, int]:
    counts: dict[str, int] = json.loads(ended.stdout)
    return {key: value for key, value in counts.items() if key != "seconds"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "arsip" / "archive.db"


# --- what goes in -----------------------------------------------------------------------------------------------


def test_a_folder_with_everything_in_it(tmp_path: Path, place: Path) -> None:
    """Pages, lines of articles and of records, below one another; what fails is listed and does not stop the rest."""
    folder = tmp_path / "masuk"
    (folder / "bawah").mkdir(parents=True)
    (folder / ".tersembunyi").mkdir()
    (folder / ".tersembunyi" / "x.txt").write_text(PAGE)
    (folder / "dermaga.txt").write_text(PAGE, encoding="utf-8")
    (folder / "bawah" / "salinan.txt").write_text(PAGE, encoding="utf-8")
    (folder / "bawah" / "kosong.html").write_text("")
    (folder / "bawah" / "gambar.png").write_bytes(b"\x89PNG")
    (folder / "artikel.json").write_text(json.dumps({"id": "satu", "text": PAGE, "url": "https://kabar.example/1"}))
    broken = record(7)
    broken["mentions"][0]["end"] += 1
    (folder / "rekaman.jsonl").write_bytes(lines([1, 2]) + json.dumps(broken).encode() + b"\n{ini bukan JSON\n" + lines([1]))
    failed = tmp_path / "gagal.jsonl"
    ended = telusur("add", folder, "--archive", place, "--failed", failed, "--json", "--jobs", 2)
    assert ended.returncode == SOME_FAILED
    assert told(ended) == {"new": 4, "there": 2, "removed": 0, "failed": 3}
    listed = [json.loads(line) for line in failed.read_text(encoding="utf-8").splitlines()]
    assert sorted((one["input"].split("/")[-1], one["error"]["code"]) for one in listed) == [
        ("kosong.html", "empty-source"),
        ("rekaman.jsonl, article 3", "bad-request"),
        ("rekaman.jsonl, article 4", "bad-request"),
    ]
    assert b"1 files in the folders are neither" in ended.stderr
    assert ended.stderr.decode().count("kosong.html") == 1
    before = contents(place)
    again = telusur("tambah", folder, "-a", place, "--json", "-q")
    assert told(again) == {"new": 0, "there": 6, "removed": 0, "failed": 3}
    assert contents(place) == before


def test_twins_of_what_fails_fail_too(place: Path) -> None:
    """None is told to be there because another just like it was on its way."""
    broken = {**record(1), "claims": [{}]}
    ended = telusur("add", "-", "-a", place, "--json", "--jobs", 2, given=(json.dumps(broken).encode() + b"\n") * 3 + lines([2, 2]))
    assert told(ended) == {"new": 1, "there": 1, "removed": 0, "failed": 3}


@pytest.mark.parametrize(
    ("given", "new"),
    [(PAGE.encode(), 1), (lines([1, 2]), 2), (b"\xef\xbb\xbf" + json.dumps({"text": PAGE}).encode(), 1)],
)
def test_standard_input_is_a_page_or_lines(given: bytes, new: int, place: Path) -> None:
    ended = telusur("add", "-", "--json", "--jobs", 1, given=given, TELUSUR_ARCHIVE=str(place))
    assert told(ended) == {"new": new, "there": 0, "removed": 0, "failed": 0}
    assert len(ids(place)) == new


def test_a_page_and_its_line_are_one_article(tmp_path: Path, place: Path) -> None:
    """By the same bytes from the same URL, whatever else is stated."""
    file = tmp_path / "dermaga.txt"
    file.write_text(PAGE, encoding="utf-8")
    url = "https://kabar.example/1"
    line = json.dumps({"id": "lain", "text": PAGE, "url": url, "published": "2024-05-07"}).encode()
    assert telusur("add", file, "--url", url, "-a", place, "--jobs", 1).returncode == DONE
    assert told(telusur("add", "-", "-a", place, "--json", given=line)) == {"new": 0, "there": 1, "removed": 0, "failed": 0}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), USAGE, "nothing is given"),
        (("a.txt", "b.txt", "--url", "https://kabar.example/1"), USAGE, "one page"),
        (("tidak-ada.txt",), NOTHING_READ, "tidak-ada.txt"),
        (("tidak-ada.txt", "--archive", "mysql://x/y"), USAGE, "postgresql://"),
        (("tidak-ada.txt", "--archive", "postgresql://x@/y?host=/tidak/ada"), ARCHIVE, "cannot be reached"),
        (("tidak-ada.txt", "--archive", "."), ARCHIVE, "is a folder"),
        (("tidak-ada.txt", "--archive", sys.executable), ARCHIVE, "no archive of telusur"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], status: int, said: str, tmp_path: Path) -> None:
    ended = telusur("add", *arguments, TELUSUR_ARCHIVE=str(tmp_path / "x.db"))
    assert ended.returncode == status, ended.stderr
    assert said in ended.stderr.decode()
    assert b"Traceback" not in ended.stderr


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    file = tmp_path / "lain.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE milik_orang (a)")
    before = file.read_bytes()
    ended = telusur("add", "-", "-a", file, given=lines([1]))
    assert ended.returncode == ARCHIVE
    assert file.read_bytes() == before


# --- stopped at any moment --------------------------------------------------------------------------------------

ARTICLES = 200
KILLS = 20


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, float]:
    """200 records in a file, what an archive of them holds, and how long adding took."""
    folder = tmp_path_factory.mktemp("utuh")
    file = folder / "rekaman.jsonl"
    file.write_bytes(lines(range(ARTICLES)))
    began = time.monotonic()
    ended = telusur("add", file, "-a", folder / "archive.db", "--jobs", 1, "--json")
    seconds = time.monotonic() - began
    assert told(ended)["new"] == ARTICLES
    return file, contents(folder / "archive.db"), seconds


def start(*arguments: object, errors: Path) -> subprocess.Popen[bytes]:
    with errors.open("wb") as stream:
        return subprocess.Popen([*PROGRAM, *map(str, arguments)], stdout=stream, stderr=stream, env=ENVIRONMENT, start_new_session=True)


def counted(errors: Path) -> set[str]:
    """Ids of the articles that a run said were done."""
    found = [line.split() for line in errors.read_text(encoding="utf-8", errors="replace").splitlines()]
    return {words[2].rstrip(":") for words in found if words[:2] == ["telusur:", "new"] and len(words) > 3}


def kill(process: subprocess.Popen[bytes]) -> bool:
    """Ends a run and all its processes at once; False where it had come to its end by itself."""
    running = process.poll() is None
    if running:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return running


def wait_for_the_first(process: subprocess.Popen[bytes], errors: Path) -> None:
    """Until a run tells an article, or has ended."""
    until = time.monotonic() + PATIENCE
    while not counted(errors) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)


def test_killed_twenty_times_it_ends_with_the_same_archive(undisturbed: tuple[Path, str, float], tmp_path: Path) -> None:
    """At random moments of start, work and end; after each, what was told to be done is there, and the file is whole."""
    with ThreadPoolExecutor(2) as both:
        runs = [both.submit(kill_again_and_again, KILLS // 2, random.Random(seed), undisturbed, tmp_path / str(seed)) for seed in (1, 2)]
        assert sum(run.result() for run in runs) == KILLS


def kill_again_and_again(most: int, chance: random.Random, undisturbed: tuple[Path, str, float], folder: Path) -> int:
    """Kills a program that adds until it was killed so often. An archive that is full before is compared, and another begun."""
    kills = archives = 0
    while kills < most:
        place, archives, done = folder / f"{archives}.db", archives + 1, set[str]()
        whole = False
        while not whole and kills < most:
            whole = not add_and_kill(place, chance, kills, undisturbed, done)
            kills += not whole
        if not whole:
            assert telusur("add", undisturbed[0], "-a", place, "--jobs", 1).returncode == DONE
        assert contents(place) == undisturbed[1]
    return kills


def add_and_kill(place: Path, chance: random.Random, kills: int, undisturbed: tuple[Path, str, float], done: set[str]) -> bool:
    """One run, and whether it was killed before its end. ``done`` gathers what was told to be done."""
    file, _, seconds = undisturbed
    place.parent.mkdir(exist_ok=True)
    errors = place.with_suffix(f".{kills}")
    process = start("add", file, "-a", place, "--jobs", 1, "-v", errors=errors)
    # Much of a run is its start: half of the kills are timed from the first article that is told.
    if kills % 2:
        wait_for_the_first(process, errors)
        time.sleep(chance.uniform(0, 0.2))
    else:
        time.sleep(chance.uniform(0, seconds * 0.9))
    killed = kill(process)
    done |= counted(errors)
    there = ids_or_none(place)
    assert len(done & there) >= 0.95 * len(done)
    assert done <= there, "nothing that was told is lost"
    return killed


def test_an_interrupt_keeps_what_was_read(undisturbed: tuple[Path, str, float], tmp_path: Path, place: Path) -> None:
    file, expected, _ = undisturbed
    errors = tmp_path / "kata"
    process = start("add", file, "-a", place, "--jobs", 2, "-v", errors=errors)
    wait_for_the_first(process, errors)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) in (INTERRUPTED, DONE)
    if process.returncode == INTERRUPTED:
        assert "run the same again to go on" in errors.read_text()
    assert counted(errors) <= ids(place)
    assert telusur("add", file, "-a", place, "--jobs", 1).returncode == DONE
    assert contents(place) == expected


def test_killed_while_it_reads_for_real(tmp_path: Path, place: Path) -> None:
    """With the model, in two processes; the end is the archive of an undisturbed run."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text(PAGE.replace("Jumadi", f"Jumadi{'abcde'[n]}"), encoding="utf-8")
    other = tmp_path / "utuh.db"
    began = time.monotonic()
    assert telusur("add", folder, "-a", other, "--jobs", 1).returncode == DONE
    seconds = time.monotonic() - began
    for times in range(2):
        errors = tmp_path / f"kata{times}"
        process = start("add", folder, "-a", place, "--jobs", 2, "-v", errors=errors)
        time.sleep(seconds * (0.5 + 0.3 * times))
        kill(process)
        assert counted(errors) <= ids_or_none(place)
    assert telusur("add", folder, "-a", place).returncode == DONE
    assert contents(place) == contents(other)


# --- others at the same time, and disks that do not take it -----------------------------------------------------


def test_two_programs_add_at_once_while_others_read(tmp_path: Path, place: Path) -> None:
    """Both are given half of the articles and some that the other has too."""
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_bytes(lines(range(0, 40)))
    second.write_bytes(lines(range(20, 60)))
    runs = [start("add", file, "-a", place, "--jobs", 1, "-v", errors=tmp_path / file.stem) for file in (first, second)]
    problems: list[str] = []

    def read() -> None:
        while any(run.poll() is None for run in runs):
            if place.exists():
                ended = telusur("db", "stats", "-a", place, "--json")
                if ended.returncode not in (DONE, ARCHIVE) or b"Traceback" in ended.stderr:
                    problems.append(ended.stderr.decode())

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert [run.wait(PATIENCE) for run in runs] == [DONE, DONE], [(tmp_path / name).read_text()[-400:] for name in "ab"]
    assert problems == []
    assert len(ids(place)) == 60
    contents(place)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 2 MB; None where this user may not make one."""
    folder = tmp_path / "cakram"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False)
    yield folder if made.returncode == 0 else None
    if made.returncode == 0:
        subprocess.run(["umount", "-l", folder], check=False)


def test_a_full_disk_is_said_and_the_archive_stays_whole(small_disk: Path | None, undisturbed: tuple[Path, str, float], place: Path) -> None:
    """A disk of its own where one may be made, else files that may not grow beyond as much."""
    if small_disk:
        ended, place = telusur("add", undisturbed[0], "-a", small_disk / "archive.db", "--jobs", 1, "-v"), small_disk / "archive.db"
    else:
        ended = telusur("add", undisturbed[0], "-a", place, "--jobs", 1, "-v", before=lambda: limit_files(2_000_000))
    assert ended.returncode == ARCHIVE
    assert ("disk is full" if small_disk else "the disk reports an error") in ended.stderr.decode().splitlines()[-1]
    assert b"Traceback" not in ended.stderr
    assert 0 < len(ids(place)) < ARTICLES
    contents(place)


def test_a_database_without_room_is_said_to_be_on_a_full_disk(place: Path) -> None:
    """SQLite itself says so of a file that has reached its most pages, which needs no disk."""
    kept: set[str] = set()
    with open_archive(place, create=True) as archive:
        event.listen(archive.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 90"))
        archive.engine.dispose()

        def fill() -> None:
            for one in (entry(record(n)) for n in range(ARTICLES)):
                archive.write(lambda c: keep(c, [one], NOW))  # noqa: B023
                kept.add(one.id)

        with pytest.raises(ArchiveUnwritable, match="disk is full"):
            fill()
    assert ids(place) == kept
    assert kept
    contents(place)


def test_an_archive_for_reading_only_is_said(place: Path) -> None:
    """Without rights to file and folder, it can be read and not written."""
    assert telusur("add", "-", "-a", place, given=lines([1])).returncode == DONE
    before = contents(place)
    place.chmod(0o444)
    place.parent.chmod(0o555)
    try:
        ended = telusur("add", "-", "-a", place, given=lines([2]), before=be_nobody_special)
        assert ended.returncode == ARCHIVE
        assert "may not be written" in ended.stderr.decode()
        assert telusur("db", "stats", "-a", place, before=be_nobody_special).returncode == DONE, "it can still be read"
    finally:
        place.parent.chmod(0o755)
        place.chmod(0o644)
    assert contents(place) == before


def be_nobody_special() -> None:
    """Takes from root the power to write what may not be written, in the process that is about to start."""
    if os.geteuid() == 0:
        drop_from_bounding_set, override_rights = 24, 1
        assert ctypes.CDLL(None).prctl(drop_from_bounding_set, override_rights, 0, 0, 0) == 0


def limit_files(most: int) -> None:
    """Has writes beyond so many bytes of a file fail, in the process that is about to start."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_file_that_may_not_grow_is_said(tmp_path: Path, undisturbed: tuple[Path, str, float]) -> None:
    """As with a quota: writes fail in the middle."""
    place = tmp_path / "archive.db"
    assert telusur("add", "-", "-a", place, given=lines([1])).returncode == DONE
    most = place.stat().st_size + 200_000
    ended = telusur("add", undisturbed[0], "-a", place, "--jobs", 1, before=lambda: limit_files(most))
    assert ended.returncode == ARCHIVE, ended.stderr
    assert b"Traceback" not in ended.stderr
    contents(place)
    assert telusur("add", undisturbed[0], "-a", place, "--jobs", 1).returncode == DONE
    assert contents(place) == undisturbed[1]


def test_a_backup_without_room_is_told_by_its_own_name(tmp_path: Path, place: Path) -> None:
    """Not by the name of the file that was to become it, of which nothing is left."""
    assert telusur("add", "-", "-a", place, given=lines(range(5))).returncode == DONE
    target = tmp_path / "cadangan" / "salinan.db"
    target.parent.mkdir()
    ended = telusur("db", "backup", target, "-a", place, before=lambda: limit_files(50_000))
    assert ended.returncode == ARCHIVE
    assert f"{target} cannot be written" in ended.stderr.decode()
    assert ".part" not in ended.stderr.decode()
    assert list(target.parent.iterdir()) == []
    assert telusur("db", "backup", target, "-a", place).returncode == DONE


# --- upkeep from the command line -------------------------------------------------------------------------------


def test_backup_restore_copy_check_and_stats(tmp_path: Path, place: Path) -> None:
    assert telusur("add", "-", "-a", place, "-q", given=lines(range(5))).stderr == b""
    kept = contents(place)
    saved, other, third = tmp_path / "cadangan.db", tmp_path / "pulih.db", tmp_path / "salinan.db"
    assert telusur("db", "backup", saved, "-a", place).returncode == DONE
    assert telusur("db", "backup", saved, "-a", place).returncode == USAGE, "nothing is written over"
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name or "wal" in path.name) == []
    assert telusur("db", "restore", saved, "-a", other).returncode == DONE
    assert telusur("db", "copy", third, "-a", other).returncode == DONE
    assert contents(saved) == contents(other) == contents(third) == kept
    assert telusur("add", "-", "-a", other, given=lines([9])).returncode == DONE
    assert telusur("db", "restore", saved, "-a", other).returncode == USAGE
    assert telusur("db", "restore", saved, "-a", other, "--replace").returncode == DONE
    assert contents(other) == kept
    figures = json.loads(telusur("db", "stats", "-a", other, "--json", "--fingerprint").stdout)
    assert (figures["articles"], figures["contents"], figures["days"]) == (5, kept, ["2020-01-01", "2020-01-05"])
    assert telusur("arsip", "check", "-a", other).returncode == DONE
    with open_archive(other) as archive:
        archive.write(lambda c: c.execute(articles.update().values(outlet=99)))
    damaged = telusur("db", "check", "-a", other)
    assert damaged.returncode == SOME_FAILED
    assert b"point at no outlets" in damaged.stdout


def test_a_backup_is_of_one_moment_while_others_write(tmp_path: Path, place: Path) -> None:
    """Articles go in one by one; each backup holds a beginning of them, whole."""
    from telusur.archive.copy import backup

    with open_archive(place, create=True) as archive:
        entries = [page(PAGE.replace("Jumadi", f"Jumadi{n}")) for n in range(3)]
        stop = threading.Event()
        problems: list[BaseException] = []

        def write() -> None:
            try:
                for n in range(400):
                    if stop.is_set():
                        return
                    archive.write(lambda c: keep(c, [entries[n % 3]], "2026-01-01T00:00:00Z"))  # noqa: B023
                    archive.write(lambda c: c.execute(articles.update().values(added=f"{n}")))  # noqa: B023
            except BaseException as error:
                problems.append(error)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for n in range(3):
                backup(archive, tmp_path / f"{n}.db")
        finally:
            stop.set()
            writer.join()
        assert problems == []
        for n in range(3):
            with open_archive(tmp_path / f"{n}.db") as copy_:
                assert list(check(copy_)) == []
                with copy_.reading() as connection:
                    assert connection.execute(select(func.count(articles.c.added.distinct()))).scalar_one() <= 2


def test_a_damaged_backup_is_refused(tmp_path: Path, place: Path) -> None:
    assert telusur("add", "-", "-a", place, given=lines(range(20))).returncode == DONE
    saved = tmp_path / "cadangan.db"
    assert telusur("db", "backup", saved, "-a", place).returncode == DONE
    data = bytearray(saved.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 60_000] = os.urandom(60_000)
    saved.write_bytes(data)
    before = contents(place)
    ended = telusur("db", "restore", saved, "-a", place, "--replace")
    assert ended.returncode == ARCHIVE
    assert b"damaged" in ended.stderr
    assert contents(place) == before


def test_the_doctor_knows_the_archive(tmp_path: Path, place: Path) -> None:
    assert b"archive: none yet" in telusur("doctor", TELUSUR_ARCHIVE=str(place)).stdout
    telusur("add", "-", "-a", place, given=lines([1]))
    assert b"1 articles" in telusur("doctor", TELUSUR_ARCHIVE=str(place)).stdout
    place.write_bytes(b"bukan arsip" * 100)
    ended = telusur("doctor", TELUSUR_ARCHIVE=str(place))
    assert ended.returncode == SOME_FAILED
    assert b"FAIL  archive" in ended.stdout


# --- what is shown ----------------------------------------------------------------------------------------------


def test_the_bar_tells_how_far_how_fast_and_how_long_still() -> None:
    """What was there already tells nothing of how long the rest takes."""
    told = Progress(new=8, there=2, failed=2, bytes_done=500, bytes_skipped=100, seconds=10)
    assert Bar(1000, Settings()).line(told) == "██████████··········  50%  12 articles, 2 failed, 1.0/s, 12 s left"
    assert Bar(None, Settings()).line(told) == "12 articles, 2 failed, 1.0/s"
    assert "left" not in Bar(1000, Settings()).line(Progress(there=2, bytes_done=100, bytes_skipped=100, seconds=1))


@pytest.mark.parametrize(("seconds", "told"), [(5.23, "5.2 s"), (42.4, "42 s"), (100, "1 min 40 s"), (7300, "2 h 01 min")])
def test_lengths_of_time_are_told_shortly(seconds: float, told: str) -> None:
    assert span(seconds) == told
