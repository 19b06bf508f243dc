"""The room for programs: what is asked comes in the shape that is promised, whole, and the same by every way."""

from __future__ import annotations

import csv
import io
import json
import threading
import time
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from archive.postgres_server import Server
from archive.records import PAGE, keep_records, kept, page, record
from telusur.answers import ask
from telusur.archive import Archive, open_archive
from telusur.archive.check import check
from telusur.archive.keep import keep
from telusur.trace.update import update
from telusur.web.api import shapes
from telusur.web.api.problems import KINDS, Refused
from telusur.web.api.reader import Reader
from telusur.web.settings import RoomSettings
from web.rooms import Answer, Client, Room, open_room

COUNT = 12
PATIENT = RoomSettings(by="penguji", sql_seconds=60)
"""For a machine that does much else meanwhile."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Articles that are one text but for a ship's name, traced; nothing is written into it."""
    with open_archive(tmp_path_factory.mktemp("api") / "archive.db", create=True) as opened:
        kept(opened, range(COUNT))
        update(opened)
        yield opened


@pytest.fixture(scope="module")
def room(archive: Archive) -> Iterator[Room]:
    with open_room(archive, PATIENT) as opened:
        yield opened


@pytest.fixture
def client(room: Room) -> Client:
    return room.client()


def items(client: Client, path: str, size: int) -> list[Any]:
    """All items of a list, by following the Link header from page to page."""
    found: list[Any] = []
    path = f"{path}{'&' if '?' in path else '?'}size={size}"
    while path:
        answer = client.get(path)
        assert answer.status == 200, answer.text
        told = answer.json
        assert 0 < len(told["items"]) <= size
        found += told["items"]
        link = answer.headers.get("link", "")
        assert bool(link) is (told["next"] is not None)
        path = link[1 : link.index(">")] if link else ""
    return found


LISTS = ("/articles", "/claims", "/attributions", "/claims?q=type:COERCE", "/attributions?q=who:Rukmini", "/timeline?from=2024-04", "/actors", "/actors?name=rukmini")


@pytest.mark.parametrize("path", LISTS)
def test_pages_put_together_are_the_whole(client: Client, path: str) -> None:
    """Whatever the size of the pages, nothing is repeated, nothing skipped, and as many are there as were counted."""
    by_few, by_many = items(client, f"/api/v1{path}", 7), items(client, f"/api/v1{path}", 1000)
    assert by_few == by_many
    assert len({json.dumps(one) for one in by_few}) == len(by_few)
    told = client.get(f"/api/v1{path}{'&' if '?' in path else '?'}size=7").json
    assert told["count"] == len(by_few) if told["count_is_exact"] else told["count"] <= len(by_few)
    assert told["count_is_exact"] is ("timeline" not in path)


@pytest.mark.parametrize("path", ["/articles", "/claims", "/attributions", "/timeline", "/actors", "/outlets", "/stories", "/decisions"])
def test_a_whole_list_is_the_same_in_every_form(client: Client, path: str) -> None:
    """JSON, JSON Lines and CSV have the same rows in the same order; CSV has a header also where there is none."""
    query = "?from=2020" if path == "/timeline" else ""
    expected = [] if path == "/decisions" else items(client, f"/api/v1{path}{query}", 1000)
    lines = client.get(f"/api/v1{path}.jsonl{query}")
    assert [json.loads(line) for line in lines.text.splitlines()] == expected
    assert lines.media == "application/jsonl"
    rows = client.get(f"/api/v1{path}.csv{query}")
    assert rows.media == "text/csv"
    assert "attachment" in rows.headers["content-disposition"]
    told = list(csv.DictReader(io.StringIO(rows.text)))
    name = "id" if path not in ("/outlets",) else "name"
    assert rows.text.splitlines()[0].split(",")[0] == name
    assert [row[name] for row in told] == [one[name] for one in expected]


def test_whole_lists_are_few_at_once(client: Client, room: Room) -> None:
    """Each holds a connection: the fifth is turned away, and taken when another is done or given up."""
    from telusur.web.api import app

    assert client.ask("HEAD", "/api/v1/claims.csv").media == "text/csv"
    held = [app._a_place() for _ in range(app.STREAMS)]
    for place in held:
        place.__enter__()
    try:
        check_problem(client.get("/api/v1/outlets.csv"), "busy")
    finally:
        for place in held:
            place.__exit__(None, None, None)
    for _ in range(3 * app.STREAMS):
        given_up = HTTPConnection("127.0.0.1", client.port, timeout=60)
        given_up.request("GET", "/api/v1/claims.jsonl")
        given_up.getresponse().read(10)
        given_up.close()
    until = time.monotonic() + 60
    while (answer := client.get("/api/v1/outlets.csv")).status == 503 and time.monotonic() < until:
        time.sleep(0.1)
    assert answer.status == 200


def test_a_line_is_what_the_library_prints(client: Client, archive: Archive) -> None:
    """Names and values are those of `telusur claim --format json`: nothing is lost on the way, nothing renamed."""
    told = client.get("/api/v1/claims?size=8&sources=true").json["items"]
    assert told == [line.to_dict() for line in ask.claims_of(archive, "", size=8).lines]
    assert told[0]["sources"]["outlets"] == 1
    hits = client.get("/api/v1/search?q=terbakar&facets=outlet,month&best=true&size=3").json
    found = ask.search(archive, "terbakar", size=3, best=True, facets=("outlet", "month"))
    assert hits["items"] == json.loads(json.dumps([hit.to_dict() for hit in found.hits]))
    assert hits["facets"] == {name: [{"value": v, "count": n} for v, n in values] for name, values in found.facets.items()}
    assert hits["count"] == COUNT


def test_shapes_miss_no_field_of_the_library(archive: Archive) -> None:
    """A field that the library adds to its lines is promised here too."""
    line = ask.claims_of(archive, "", size=1).lines[0].to_dict()

    def same(told: Any, shape: type[msgspec.Struct]) -> None:
        assert set(told) == {f.encode_name for f in msgspec.structs.fields(shape)}, shape

    same(line, shapes.Line)
    same(line["article"], shapes.Reference)
    same(line["sentence"], shapes.Excerpt)
    same(line["sources"], shapes.Sources)
    said = ask.sayings_of(archive, "", size=1).lines[0].to_dict()
    same(said["chain"][0], shapes.Link)
    dated = next(told for one in ask.claims_of(archive, "", size=7).lines if (told := one.to_dict())["time"])
    same(dated["time"], shapes.Time)
    same(dated["participants"][0], shapes.Party)


def test_sources_are_counted_for_few_at_once(client: Client) -> None:
    """A page of claims whose sources are counted is short, and says that there are more; without, it is as long as was asked for."""
    assert len(client.get("/api/v1/claims?size=200&sources=true").json["items"]) == 50
    many = client.get("/api/v1/timeline?from=2019&to=2024&size=200").json
    assert len(many["items"]) > 50
    assert {one["sources"] for one in many["items"]} == {None}


def test_one_thing_by_its_id(client: Client, archive: Archive) -> None:
    """A line and an article's record come by the id that a list printed, with ``:`` or an escaped ``#``; a part of an id will do."""
    line = client.get("/api/v1/claims?size=1&sources=true").json["items"][0]
    id = line["id"]
    assert client.get(f"/api/v1/records/{quote(id, safe='')}").json == line
    assert client.get(f"/api/v1/records/{id.replace('#', ':')}").json == line
    article = id.partition("#")[0]
    whole = client.get(f"/api/v1/articles/{article[:10]}")
    assert whole.json["format"] == "telusur/1"
    assert whole.json == client.get(f"/api/v1/records/{article}").json == dict(ask.show(archive, article).record)  # type: ignore[union-attr]


def test_a_claim_is_traced_and_copies_are_told(client: Client) -> None:
    """Origins with each telling and its evidence; copies with the characters of both; the story of all."""
    told = client.get("/api/v1/claims?q=type:COERCE&size=1&sources=true").json["items"][0]
    found = client.get(f"/api/v1/claims/{told['id'].replace('#', ':')}/trace").json
    assert found["counts"] == found["line"]["sources"] == told["sources"]
    assert sum(len(origin["tellings"]) for origin in found["origins"]) >= 1
    telling = found["origins"][0]["tellings"][0]
    text = client.get(f"/api/v1/articles/{telling['article']}").json["text"]
    assert text[telling["sentence"]["start"] : telling["sentence"]["end"]] == telling["sentence"]["words"]
    (story,) = client.get("/api/v1/stories").json["items"]
    assert story["articles"] == COUNT
    whole = client.get(f"/api/v1/stories/{story['id']}").json
    assert len(whole["family"]["members"]) == len(whole["retellings"]) == COUNT
    assert client.get(f"/api/v1/stories/{telling['article'][:8]}").json["family"] == whole["family"]
    assert (whole["count"], whole["count_is_exact"], whole["next"]) == (COUNT, True, None)
    pages = [client.get(f"/api/v1/stories/{story['id']}?size=5").json]
    while (after := pages[-1]["next"]) is not None:
        pages.append(client.get(f"/api/v1/stories/{story['id']}?size=5&after={after}").json)
    assert [len(page["retellings"]) for page in pages] == [5, 5, COUNT - 10]
    assert [one for page in pages for one in page["retellings"]] == whole["retellings"]
    assert [one for page in pages for one in page["family"]["members"]] == whole["family"]["members"]
    assert {page["count"] for page in pages} == {COUNT}
    one, other = (member["article"] for member in whole["family"]["members"][:2])
    told = client.get(f"/api/v1/diff?one={other}&other={one}").json
    assert (told["earlier"]["article"], told["later"]["article"]) == (one, other)
    edits = [edit for change in told["changes"] for edit in change["edits"] if edit["op"] != "same"]
    assert {"X" + edit["text"].strip()[1:] for edit in edits} == {"Xaaaa", "Xaaab"}
    printed = client.get(f"/api/v1/origin?text={quote('Dua awak tewas dan tiga hilang ketika kapal terbakar pekan lalu')}").json
    assert printed["found"][0]["article"] == one
    pages = [client.get(f"/api/v1/articles/{telling['article']}/copies?size=5").json]
    while (after := pages[-1]["next"]) is not None:
        pages.append(client.get(f"/api/v1/articles/{telling['article']}/copies?size=5&after={after}").json)
    copies = [copy for page in pages for copy in page["items"]]
    assert len({copy["other"] for copy in copies}) == len(copies) == COUNT - 1 == pages[0]["count"]
    assert [copy["share"] for copy in copies] == sorted((copy["share"] for copy in copies), reverse=True)
    assert client.get(f"/api/v1/articles/{telling['article']}/copies?after=nowhere").status == 422
    assert copies[0]["passages"][0]["a"]["end"] > copies[0]["passages"][0]["a"]["start"]


def test_who_and_actors(client: Client) -> None:
    profile = client.get("/api/v1/who?name=Rukmini&size=2").json
    assert profile["names"][0] == {"name": "Rukmini Saraswati", "type": "PER", "articles": COUNT}
    assert len(profile["said"]) == 2
    assert profile["next"]
    listed = client.get("/api/v1/actors?name=rukmini").json["items"][0]
    actor = client.get(f"/api/v1/actors/{listed['id']}").json
    assert (actor["name"], actor["articles"]) == (listed["name"], listed["articles"])
    assert actor["offices"][0]["office"].casefold() == "kapolres"


def test_an_answer_is_sent_once(client: Client) -> None:
    """Who has an answer is told so, without it."""
    first = client.get("/api/v1/articles?size=3")
    again = client.get("/api/v1/articles?size=3", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = client.get("/api/v1/articles?size=4", If_None_Match=first.headers["etag"])
    assert other.status == 200


# --- what goes wrong --------------------------------------------------------------------------------------------

ARTICLE = "0" * 24

PROBLEMS: tuple[tuple[str, str, dict[str, str], bytes | None, str, str], ...] = (
    ("GET", "/nothing", {}, None, "not-found", "lists what there is"),
    ("GET", "/articles/zzzzzz", {}, None, "not-found", "no id"),
    ("GET", f"/articles/{ARTICLE}", {}, None, "not-found", "no article has"),
    ("GET", f"/claims/{ARTICLE}/trace", {}, None, "not-found", "no id of a claim"),
    ("GET", "/claims/%0A/trace", {}, None, "not-found", "no id of a claim"),
    ("GET", "/records/a%0Ab", {}, None, "not-found", "no id"),
    ("GET", "/stories/fzz", {}, None, "not-found", "no article"),
    ("GET", f"/stories/{ARTICLE}?size=201", {}, None, "bad-parameter", "<= 200"),
    ("GET", f"/diff?one={ARTICLE}&other={ARTICLE}", {}, None, "not-found", "no article"),
    ("GET", "/origin?text=satu", {}, None, "bad-request", "give a sentence or more"),
    ("GET", "/actors/zz", {}, None, "not-found", "no actor"),
    ("DELETE", "/articles", {}, None, "no-such-method", "Allow"),
    ("POST", "/articles", {}, b"{}", "no-such-method", "Allow"),
    ("GET", "/claims?sise=2", {}, None, "bad-parameter", "did you mean 'size'"),
    ("GET", "/claims?size=2&size=3", {}, None, "bad-parameter", "given twice"),
    ("GET", "/claims?size=0", {}, None, "bad-parameter", "size: Expected `int` >= 1"),
    ("GET", "/claims?size=1001", {}, None, "bad-parameter", "<= 1000"),
    ("GET", "/claims?size=7.0", {}, None, "bad-parameter", "size"),
    ("GET", "/search?best=yes", {}, None, "bad-parameter", "best"),
    ("GET", "/search?facets=moon", {}, None, "bad-parameter", "facets"),
    ("GET", "/timeline", {}, None, "bad-parameter", "from"),
    ("GET", "/timeline?from=2017-13", {}, None, "bad-parameter", "from"),
    ("GET", "/timeline?from=2017&to=2016", {}, None, "bad-request", "give the earlier one first"),
    ("GET", "/claims?q=who:", {}, None, "bad-request", "has no value"),
    ("GET", "/claims.csv?q=who:", {}, None, "bad-request", "has no value"),
    ("GET", "/claims?after=zzz", {}, None, "bad-request", "no key of a page"),
    ("POST", "/read", {"Content-Type": "application/pdf"}, b"%PDF", "wrong-media", "application/json"),
    ("POST", "/read", {"Content-Type": "application/json"}, b"{", "bad-json", "no JSON"),
    ("POST", "/read", {"Content-Type": "application/json"}, b"[]", "bad-body", "Expected `object`"),
    ("POST", "/read", {"Content-Type": "application/json"}, b'{"text": 1}', "bad-body", "text"),
    ("POST", "/read", {"Content-Type": "application/json"}, b'{"texts": "a"}', "bad-body", "texts"),
    ("POST", "/decisions", {"Content-Type": "application/json"}, b'{"action": "burn"}', "bad-body", "burn"),
    ("POST", "/decisions", {"Content-Type": "text/plain"}, b"{}", "wrong-media", "application/json"),
    ("POST", "/decisions", {"Content-Type": "application/json"}, json.dumps({"action": "accept", "article": ARTICLE, "item": "c1"}).encode(), "not-found", "no article"),
    ("POST", "/decisions", {"Content-Type": "application/json"}, json.dumps({"action": "undo", "decision": "abcdef"}).encode(), "bad-request", "no decision"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path", "headers", "body", "code", "told"), PROBLEMS, ids=[f"{p[0]} {p[1]} {(p[3] or b'').decode()[:30]}" for p in PROBLEMS])
def test_what_goes_wrong_is_told_as_a_problem(client: Client, method: str, path: str, headers: dict[str, str], body: bytes | None, code: str, told: str) -> None:
    """With its code, its status, a way on, and a title in the language that was asked for."""
    for lang in ("en", "id"):
        answer = client.ask(method, f"/api/v1{path}", body, **headers, Accept_Language=lang)
        check_problem(answer, code, lang)
        assert told in answer.json["detail"]
    if code == "no-such-method":
        assert answer.headers["allow"]


def check_problem(answer: Answer, code: str, lang: str = "") -> None:
    kind = KINDS[code]
    assert answer.media == "application/problem+json", answer.text
    told = answer.json
    assert (answer.status, told["status"], told["code"], told["type"]) == (kind.status, kind.status, code, f"/api#{code}")
    assert told["title"] in (kind.en, kind.id)
    if lang:
        assert told["title"] == getattr(kind, lang)
        assert answer.headers["content-language"] == lang


def test_a_body_is_measured_before_it_is_read(client: Client) -> None:
    """By what it says of itself; and as it comes, where it says nothing."""
    check_problem(half_sent(client, {"Content-Length": "5000001"}, b""), "body-too-long")
    check_problem(half_sent(client, {"Transfer-Encoding": "chunked"}, b"4c4b41\r\n" + b"a" * 5_000_001 + b"\r\n"), "body-too-long")


def half_sent(client: Client, headers: dict[str, str], body: bytes) -> Answer:
    """What is answered before the body has come whole."""
    connection = HTTPConnection("127.0.0.1", client.port, timeout=60)
    connection.putrequest("POST", "/api/v1/read")
    for name, value in {"Content-Type": "text/plain", **headers}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    response = connection.getresponse()
    told = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    connection.close()
    return told


def test_every_problem_has_its_place_on_the_page(client: Client) -> None:
    """The address in ``type`` leads somewhere; the page shows every operation, in both languages."""
    for lang in ("id", "en"):
        shown = client.get("/api", Accept_Language=lang, Accept="text/html").text
        shown = unescape(shown)
        assert all(f'id="{code}"' in shown for code in KINDS)
        assert all(getattr(kind, lang) in shown for kind in KINDS.values())
        paths = client.get("/api/v1/openapi.json").json["paths"]
        assert all(f"/api/v1{path}" in shown for path in paths)


# --- reading ----------------------------------------------------------------------------------------------------


def test_a_text_is_read_and_nothing_is_kept(client: Client, archive: Archive) -> None:
    """As text, as HTML, and as JSON with what is known of it; the second comes from the same process, which has its model."""
    before = client.get("/api/v1/").json["articles"]
    plain = client.ask("POST", "/api/v1/read", PAGE.encode(), Content_Type="text/plain; charset=utf-8")
    assert plain.status == 200, plain.text
    assert any(link["text"].startswith("Jumadi") for said in plain.json["attributions"] for link in said["chain"])
    told = client.send("/api/v1/read", {"text": PAGE, "id": "x", "published": "2024-05-06", "publisher": "Kabar Rawa"}).json
    assert (told["id"], told["article"]["published"], told["article"]["publisher"]) == ("x", "2024-05-06", "Kabar Rawa")
    markup = "<html><body><article><h1>Warga Tolak Pelebaran Dermaga</h1>" + "".join(f"<p>{line}</p>" for line in PAGE.split("\n\n")[1:]) + "</article></body></html>"
    assert client.ask("POST", "/api/v1/read", markup.encode(), Content_Type="text/html").json["source"]["media_type"] == "text/html"
    check_problem(client.ask("POST", "/api/v1/read", b"   ", Content_Type="text/plain"), "unreadable-source")
    check_problem(client.send("/api/v1/read", {"text": "a", "html": "b"}), "bad-request")
    check_problem(client.send("/api/v1/read", {"text": "a b c", "published": "soon"}), "bad-request")
    assert client.get("/api/v1/").json["articles"] == before == COUNT


def test_reading_is_bounded() -> None:
    """What takes too long is broken off, and the next text is read; who finds no place waits, and is turned away."""
    reader = Reader(seconds=0.0, patience=0.05)
    line = json.dumps({"text": PAGE}).encode()
    try:
        with pytest.raises(Refused) as late:
            reader.read(line)
        assert late.value.code == "too-slow"
        reader.seconds, entered, leave = 60.0, threading.Event(), threading.Event()

        def hold() -> None:
            with reader._process():
                entered.set()
                leave.wait(30)

        holding = threading.Thread(target=hold)
        holding.start()
        entered.wait(30)
        with pytest.raises(Refused) as full:
            reader.read(line)
        assert full.value.code == "busy"
        leave.set()
        holding.join()
        assert json.loads(reader.read(line))["format"] == "telusur/1"
    finally:
        reader.close()


# --- deciding, in both engines ----------------------------------------------------------------------------------


def test_decisions_are_made_and_undone(place: str) -> None:
    """Accept, reject, correct, undo: in the name of whoever asks, seen by the next question; the archive stays whole."""
    with open_archive(place, create=True) as archive, open_room(archive, PATIENT) as room:
        (id,) = kept(archive, [3])
        client = room.client()
        before = client.get("/api/v1/").json["snapshot"]
        made = client.send("/api/v1/decisions", {"action": "accept", "article": id[:8], "item": "c1", "why": "dibaca"})
        assert made.status == 201, made.text
        assert made.json["who"] == "penguji"
        assert made.json["articles"] == [id]
        assert client.get("/api/v1/").json["snapshot"] != before
        (told,) = client.get("/api/v1/decisions").json["items"]
        assert (told["id"], told["who"], told["why"], told["action"], told["stands"]) == (made.json["id"], "penguji", "dibaca", "accept", True)
        item = told["item"]

        line = f"/api/v1/records/{id}:{item}"
        assert client.get(line).json["review"] == "accepted"
        corrected = client.send("/api/v1/decisions", {"action": "correct", "article": id, "item": item, "field": "certainty", "value": "unknown"}).json
        assert (client.get(line).json["review"], client.get(line).json["certainty"]) == ("corrected", "unknown")
        client.send("/api/v1/decisions", {"action": "undo", "decision": corrected["id"]})
        assert client.get(line).json["review"] == "accepted"
        queue = client.get("/api/v1/queue?size=2").json
        assert queue["articles"] == 1
        waiting = queue["items"][0]
        assert waiting["confidence"] <= queue["items"][1]["confidence"]
        rejected = client.send("/api/v1/decisions", {"action": "reject", "article": id, "item": waiting["line"]["id"].partition("#")[2]})
        assert rejected.status == 201
        assert waiting["line"]["id"] not in [one["line"]["id"] for one in client.get("/api/v1/queue?size=100").json["items"]]
        check_problem(client.send("/api/v1/decisions", {"action": "correct", "article": id, "item": item, "field": "certainty", "value": "perhaps"}), "bad-request")
        assert [one["action"] for one in items(client, "/api/v1/decisions", 2)] == ["reject", "undo", "correct", "accept"]
        assert client.get("/api/v1/decisions?size=1").json["count"] == 4
        assert len(client.get("/api/v1/decisions.csv").text.splitlines()) == 5
        assert list(check(archive)) == []


def test_both_engines_give_the_same(postgres: Server, client: Client) -> None:
    """Pages, counts and forms of PostgreSQL are those of SQLite."""
    with open_archive(postgres.new_database(), create=True) as archive, open_room(archive, PATIENT) as room:
        kept(archive, range(COUNT))
        update(archive)
        other = room.client()
        for path in ("/articles?size=9", "/claims?q=who:Rukmini&size=5&sources=true", "/attributions?size=5", "/actors?name=rukmini", "/outlets", "/search?q=terbakar&facets=outlet"):
            one, two = client.get(f"/api/v1{path}").json, other.get(f"/api/v1{path}").json
            assert {**one, "snapshot": ""} == {**two, "snapshot": ""}, path
        assert client.get("/api/v1/claims.csv").text == other.get("/api/v1/claims.csv").text


def test_a_hostile_article_comes_as_it_is(tmp_path: Path) -> None:
    """Markup in a title stays text in JSON, and no cell of a CSV begins like a formula."""
    with open_archive(tmp_path / "a.db", create=True) as archive, open_room(archive, PATIENT) as room:
        keep_records(archive, [record(1, title="=HYPERLINK(1)<script>alert(1)</script>", publisher="@media")])
        entry = page(url="https://kabar.example/2")
        archive.write(lambda connection: keep(connection, [entry], "2026-01-01T00:00:00Z"))
        client = room.client()
        titles = {one["title"] for one in client.get("/api/v1/articles").json["items"]}
        assert "=HYPERLINK(1)<script>alert(1)</script>" in titles
        cells = [cell for row in csv.reader(io.StringIO(client.get("/api/v1/articles.csv").text)) for cell in row]
        assert "'=HYPERLINK(1)<script>alert(1)</script>" in cells
        assert not any(cell[:1] in ("=", "+", "-", "@") for cell in cells)
        answer = client.get("/api/v1/articles")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
