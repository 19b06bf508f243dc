"""What holds of every record, whatever the text: spans quote it, the format is kept, nothing depends on the order."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import telusur
from cpu_time import ATTEMPTS
from telusur.errors import TelusurError
from telusur.export.check import check_record
from telusur.export.json import dumps, from_json, to_json
from telusur.ingest.files import from_bytes, from_text
from telusur.model.document import Hints
from telusur.model.record import Record
from telusur.model.span import Span
from telusur.pipeline import read

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- every gold text --------------------------------------------------------------------------------------------


def spans_of(value: object) -> Iterator[Span]:
    """Every `Span` anywhere inside a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans_of(getattr(value, name))


@pytest.mark.parametrize("name", ["dev", "train"])
def test_every_span_of_every_gold_article_quotes_its_text(readings: Callable[[str], Mapping[str, Record]], name: str) -> None:
    """Spans lie inside the text and are not blank; the published record keeps every rule of its format."""
    for article, record in readings(name).items():
        for span in spans_of(record):
            assert span.end <= len(record.text), article
            assert span.of(record.text).strip(), article
        assert check_record(to_json(record)) == [], article


@pytest.mark.parametrize("name", ["dev", "train"])
def test_a_plain_text_is_kept_as_it_was_given(
    readings: Callable[[str], Mapping[str, Record]], gold: Callable[[str], Mapping[str, dict[str, Any]]], name: str
) -> None:
    """Offsets would mean nothing if a text were cleaned in silence."""
    for article, record in readings(name).items():
        assert record.text == gold(name)[article]["text"], article


# --- generated texts --------------------------------------------------------------------------------------------

NAMES = ["Darmawan Lubis", "Ny. Endah P.", "PT Cahaya Timur Tbk", "Kota Sukasirna", "BPBD", "Abd. Rahman al-Faqih", "Polres Wanasari"]
CUES = ["kata", "ujar", "tutur", "menurut", "mengaku", "membantah", "dikutip dari", "disebut", "klaim"]
TIMES = ["Senin (5/3/2024)", "pekan lalu", "pukul 14.30 WIB", "kuartal II 2024", "31/2/2024", "tahun 99999", "awal Maret lalu", "1445 H"]
DEEDS = ["menewaskan 14 orang", "ditangkap", "tidak akan mundur", "diduga menyuap", "belum menyetujui", "12.000.000.000 jiwa mengungsi"]
MARKS = ['"', "“", "”", "'", "‘", "’", "«", "»", "„", ".", ",", ";", ":", "?", "!", "...", "(", ")", "-", "–", "\n", "\n\n", " ", "\t"]
ODD = ["\u200b", "\u202e", "\u0301", "\u00a0", "\u2028", "🇮🇩", "\x00", "\r", "İ", "ß", "ﬁ", "\ufeff", "\U0001f9d1\u200d\U0001f33e"]
LINES = ["Baca juga: Kabar lain", "Editor: Rina", "Foto: Warga. (dok. PMI)", "JAKARTA, Kabar Selat -", "(abc/def)", "ADVERTISEMENT"]

pieces = st.one_of(
    st.sampled_from(NAMES), st.sampled_from(CUES), st.sampled_from(TIMES), st.sampled_from(DEEDS), st.sampled_from(MARKS),
    st.sampled_from(ODD), st.sampled_from(LINES), st.sampled_from(["dan", "di", "yang", "untuk", "itu", "dia", "mereka", "-nya"]),
    st.text(max_size=6),
)  # fmt: skip
bodies = st.lists(pieces, min_size=1, max_size=60).map(" ".join)

BASE = (
    "Warga Sukasirna Menolak Pemindahan Pasar\n\nWarga Kota Sukasirna menolak rencana pemerintah kota untuk memindahkan pasar. "
    "Mereka mengatakan rencana itu tidak pernah dibicarakan dengan para pedagang.\n\n"
)


@FEW
@given(bodies)
def test_any_text_gives_spans_that_quote_it(body: str) -> None:
    """Pieces of news in any order, with odd characters between: a record that keeps its format."""
    record = read(from_text(BASE + body))
    assert check_record(to_json(record)) == []
    for span in spans_of(record):
        assert span.end <= len(record.text)


@FEW
@given(bodies)
def test_a_record_survives_the_way_to_json_and_back(body: str) -> None:
    published = to_json(read(from_text(BASE + body), Hints(id="a", published="2024-03-05")))
    assert to_json(from_json(json.loads(json.dumps(published)))) == published


def attempt(given_bytes: bytes) -> Record | TelusurError:
    try:
        return read(from_bytes(given_bytes))
    except TelusurError as error:
        return error


@FEW
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode), bodies.map(lambda b: f"<p>{BASE}<p>{b}".encode())))
def test_any_bytes_give_a_record_or_an_error_of_ours(given_bytes: bytes) -> None:
    outcome = attempt(given_bytes)
    if isinstance(outcome, Record):
        assert check_record(to_json(outcome)) == []
    else:
        assert str(outcome).strip()


# --- the same reading every time --------------------------------------------------------------------------------

ARTICLES = [
    BASE + "“Kami menolak,” kata Darmawan Lubis, Selasa (5/3/2024).\n",
    BASE + "Polres Wanasari menangkap dua orang yang diduga merusak pagar pasar, Rabu pekan lalu.\n",
    BASE + "Menurut BPBD, banjir pada awal Maret lalu menewaskan 14 orang. PMI menyebut 17 orang.\n",
    BASE + "Wali Kota Endah Prameswari membantah kabar itu. Ia menegaskan pasar tidak akan ditutup sebelum Juni.\n",
]


def fingerprint(text: str) -> str:
    """A record as text, without the one field that may differ."""
    published = to_json(read(from_text(text)))
    del published["analysis"]["seconds"]
    return json.dumps(published, ensure_ascii=False)


def test_reading_twice_gives_the_same_record() -> None:
    for text in ARTICLES:
        assert fingerprint(text) == fingerprint(text)


def test_order_and_number_of_workers_change_nothing() -> None:
    """What one process reads in one order, two processes read the same in another."""
    expected = {text: fingerprint(text) for text in ARTICLES}
    backwards = list(reversed(ARTICLES))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert dict(zip(backwards, pool.map(fingerprint, backwards), strict=True)) == expected


def test_a_record_is_one_line_of_json() -> None:
    """So that a bulk run can be read line by line."""
    assert len(dumps(read(from_text(ARTICLES[0] + "\x85baris\u2028lain\n"))).splitlines()) == 1


# --- no pattern that runs away ----------------------------------------------------------------------------------

HOSTILE_CHARS = 200_000
PATTERN_SECONDS = 1.0
GLANCE_CHARS, GLANCE_SECONDS = 20_000, 0.02
"""A pattern that is done with the shorter text in this time is not tried on the longer: it cannot be quadratic."""

UNITS = [
    " ", "\n", "\t ", "\u00a0", "a", "A", "Aa ", "a. ", "1", "1.", "1/", "(1", "()", "((", '"', "“", "”", "'", "-", "--", ", ", ": ",
    "<", "<a ", "&", "A-", "A.", "al-", "yang ", "kata ", "dan ", "Rp1", "Rp 1.000,", "5/3/2024 ", "Senin ", "pukul 1", "Foto: ",
    "Baca juga", "www.", "a@", "/", "a/", "|", "*", "_", "=", "\u0301", "\u200b", "Ahmad bin ", "Kota ", "PT ", "ribu ", "juta 1 ",
]  # fmt: skip
"""What a hostile text repeats: every kind of character that a pattern may count, and the words that start one."""

BOUNDED = {
    "telusur.bulk._URL": "matched once, from the start of a stated URL",
    "telusur.analyse.joins._ALIAS": "matched with the words between two names, 60 characters at most",
    "telusur.analyse.joins._OPEN": "matched with the words between two names, 60 characters at most",
    "telusur.parse.datelines._PAIR": "matched with the first 140 characters of a paragraph",
    "telusur.search.query._TOKEN": "matched from where the last token ended, once a token",
    "telusur.parse.people._CONTRIBUTED": "searched in the last 400 characters of a page's body",
}
"""Patterns that would be slow on long text, with the reason why they never see any."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(telusur.__path__, "telusur."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns_in(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """Every compiled pattern in ``value``, a few containers deep."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, Mapping):
        for item in (*value.keys(), *value.values()):
            yield from patterns_in(item, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from patterns_in(item, depth - 1)
    elif depth and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from patterns_in(getattr(value, name), depth - 1)


@cache
def all_patterns() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Where it stands and the pattern, of every pattern in the package; those made on first use too."""
    out: dict[str, tuple[str, re.Pattern[str]]] = {}
    for module in modules():
        for name, value in vars(module).items():
            if getattr(value, "__module__", module.__name__) != module.__name__ and not isinstance(value, re.Pattern):
                continue
            if is_lazy_table(value):
                value = value()
            for pattern in patterns_in(value):
                out.setdefault(f"{pattern.pattern}/{pattern.flags}", (f"{module.__name__}.{name}", pattern))
    return out


def is_lazy_table(value: object) -> bool:
    """Whether ``value`` is a cached function without arguments: how a table is loaded on first use."""
    wrapped = getattr(value, "__wrapped__", None)
    if not hasattr(value, "cache_info") or wrapped is None:
        return False
    return wrapped.__code__.co_argcount == 0 and wrapped.__code__.co_kwonlyargcount == 0


class RanAway(Exception):
    """A pattern took longer than its bound."""


def stop(*_: object) -> None:
    raise RanAway


def cpu_bounded(pattern: re.Pattern[str], unit: str) -> bool:
    """Whether ``pattern`` gets through a text of ``unit`` after ``unit`` within the bound."""
    glance = took(pattern, unit, GLANCE_CHARS)
    if glance < GLANCE_SECONDS:
        return True
    return glance < PATTERN_SECONDS and any(took(pattern, unit, HOSTILE_CHARS) < PATTERN_SECONDS for _ in range(ATTEMPTS))


def took(pattern: re.Pattern[str], unit: str, length_chars: int) -> float:
    """CPU-seconds to find all matches, or the bound where it was reached. The engine lets a signal stop it."""
    text = (unit * (length_chars // len(unit) + 1))[:length_chars]
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATTERN_SECONDS)
    began = time.process_time()
    try:
        deque(pattern.finditer(text), maxlen=0)
    except RanAway:
        return PATTERN_SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - began


def test_no_pattern_runs_away_on_hostile_text() -> None:
    """Every pattern of the package gets through 200,000 hostile characters of each kind in bounded time."""
    assert len(all_patterns()) > 20, "the patterns were not found"
    assert {where for where, _ in all_patterns().values()} >= set(BOUNDED)
    slow = []
    for where, pattern in all_patterns().values():
        if where in BOUNDED:
            continue
        for unit in UNITS:
            if not cpu_bounded(pattern, unit):
                slow.append(f"{where}: {pattern.pattern[:80]!r} on {unit!r}")
                break
    assert slow == []


def test_the_bound_catches_a_pattern_that_runs_away() -> None:
    """The check above would see an exponential pattern, and a quadratic one."""
    assert not cpu_bounded(re.compile(r"(a+)+$"), "a" * 30 + "b")
    assert not cpu_bounded(re.compile(r"a+b"), "a")
    assert cpu_bounded(re.compile(r"a+"), "a")
