"""The pages as a server gives them: whole, bounded, safe, in both languages, and every link of theirs leads somewhere."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from archive.conftest import postgres
from archive.postgres_server import Server
from telusur.archive import Archive
from telusur.archive.keep import find_number, load_record
from telusur.errors import TooSlow
from telusur.web.article_view import key_range, view_article
from telusur.web.keys import KEYS, caps, clashes, keys_of, write
from telusur.web.languages import accepted, wording
from telusur.web.security import own_page
from telusur.web.settings import RoomSettings
from telusur.web.snapshots import snapshot
from telusur.web.word_diff import Pair, pieces, shared
from web.hostile import EVIL, FROM_EVIL
from web.reading_rooms import fill, fill_with_harm
from web.rooms import Answer, Client, Room, open_room

__all__ = ["postgres"]

ROOT = Path(__file__).parents[2]
MOST_BYTES = 100_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with fill(str(tmp_path_factory.mktemp("room") / "ruang.db")) as filled:
        yield filled


@pytest.fixture(scope="module")
def room(archive: Archive) -> Iterator[Room]:
    with open_room(archive, RoomSettings(by="Sari", sql_seconds=60)) as opened:
        yield opened


@pytest.fixture(scope="module")
def harm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Client]]:
    """An archive of articles that mean harm, and who looks at it."""
    with fill_with_harm(str(tmp_path_factory.mktemp("harm") / "jahat.db")) as filled, open_room(filled, RoomSettings(by="Sari", sql_seconds=60)) as opened:
        yield filled, opened.client(Accept="text/html", Accept_Language="id")


@pytest.fixture
def client(room: Room) -> Client:
    return room.client(Accept="text/html", Accept_Language="id")


def found(client: Client, query: str, **more: str) -> list[dict[str, Any]]:
    """The items of a search, as programs get them."""
    told = "&".join([f"q={query.replace(' ', '+')}", *(f"{name}={value}" for name, value in more.items())])
    items: list[dict[str, Any]] = client.get(f"/cari.json?{told}").json["items"]
    return items


def article(client: Client, query: str) -> str:
    return str(found(client, query)[0]["article"]["id"])


def claim(client: Client, query: str) -> str:
    return str(found(client, query, apa="klaim")[0]["id"])


@pytest.fixture(scope="module")
def paths(room: Room) -> list[str]:
    """One address of every page."""
    client = room.client(Accept="text/html")
    sadeng, feri, said = article(client, "Sadeng"), claim(client, "feri who:Surya"), found(client, "Sadeng", apa="pernyataan")[0]["id"]
    actor = client.get("/o.json").json["items"][0]["id"]
    return [
        "/", "/cari", "/cari?q=polisi", "/cari?q=who%3ASurya&apa=klaim", "/cari?q=korban&apa=pernyataan", "/cari?q=korban&urut=cocok", "/cari?q=korban+certainty%3Acertain",
        "/cari/type?q=korban", f"/a/{sadeng}", f"/a/{sadeng}?range=10-40", f"/k/{feri.replace('#', '/')}", f"/k/{said.replace('#', '/')}", f"/c/{feri.partition('#')[0]}",
        "/o", "/o?nama=Harun", f"/o/{actor}", f"/o/{actor}?apa=tentang", f"/o/{actor}?apa=hubungan", "/media", "/periksa", "/periksa?bidang=type", f"/periksa?artikel={sadeng}",
        f"/periksa/{feri.replace('#', '/')}", "/atur", "/bantuan", "/bantuan/hitung", "/bantuan/cari", "/bantuan/periksa", "/bantuan/istilah", "/bantuan/tombol",
    ]  # fmt: skip


def test_every_page_is_whole_bounded_and_safe(room: Room, paths: list[str]) -> None:
    """In both languages: 200 (or a way to where it moved), under 100 kB, no script or style inside the page, nothing from elsewhere."""
    for lang in ("id", "en"):
        client = room.client(Accept="text/html", Accept_Language=lang)
        for path in paths:
            answer = client.get(path)
            if answer.status in (302, 303):
                answer = client.get(answer.headers["location"])
            assert answer.status == 200, (path, answer.text[:500])
            assert len(answer.body) < MOST_BYTES, (path, len(answer.body))
            assert f'<html lang="{lang}"' in answer.text
            assert_safe(answer.text, path)
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"


def assert_safe(page: str, path: str) -> None:
    assert not re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page), path
    assert not re.findall(r"<style|\sstyle=\"|\son[a-z]+=\"", page), path
    assert not re.findall(r'\s(?:src|action|formaction)="(?!/|#)[^"]', page), path
    assert not re.findall(r'<link[^>]*href="(?!/)', page), path
    for evil in FROM_EVIL:
        assert evil not in page, path


def test_every_link_leads_somewhere(client: Client, paths: list[str]) -> None:
    """All addresses of our own on all pages, one of each kind."""
    links: set[str] = set()
    for path in paths:
        for href in re.findall(r'href="(/[^"#]*)', client.get(path).text):
            links.add(html.unescape(href))
    seen: dict[str, int] = {}
    for link in sorted(links):
        kind = re.sub(r"f?[0-9a-f]{16,}|[cat]\d+-[\d-]+|=[^&]*|/\w{12}/", "*", link)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= 1:
            answer = client.get(link)
            assert answer.status in (200, 302, 303), (link, answer.status, answer.text[:300])


def test_the_interface_speaks_indonesian_and_english(room: Room) -> None:
    """All texts are translated and compiled; a reader gets what the address, the cookie or the browser asks for, in this order."""
    checked = subprocess.run([sys.executable, "tools/catalogues.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "Siapa yang mengatakannya" in room.client(Accept="text/html", Accept_Language="id-ID,id;q=0.9").get("/").text
    english = room.client(Accept="text/html", Accept_Language="id;q=0.5, en")
    assert "Who says so" in english.get("/").text
    assert "Siapa yang" in english.get("/?lang=id").text
    assert [accepted(header, "id") for header in ("", "de", "ms-MY", "en-GB,id;q=0.2", "en;q=x", "*")] == ["id", "id", "id", "en", "id", "id"]


def test_who_may_call_and_from_where(room: Room) -> None:
    """A strange name of the host, a strange page, a form without our token: refused, and nothing is done."""
    client = room.client(Accept="text/html")
    assert client.ask("GET", "/", Host="evil.example").status == 421
    assert client.ask("GET", "/", Host=f"localhost:{room.port}").status == 200
    put = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"article=x&key=c1-2&verdict=accept"
    assert client.ask("POST", "/periksa/putus", body, **put, Origin="https://evil.example").status == 403
    assert client.ask("POST", "/periksa/putus", body, **put, **{"Sec-Fetch-Site": "cross-site"}).status == 403
    assert client.ask("POST", "/periksa/putus", body, **put).status == 403
    client.get("/periksa")
    other = room.client(Accept="text/html")
    token = re.search(r'name="token" value="(\w+)"', other.get("/periksa").text)
    assert token is not None
    assert client.ask("POST", "/periksa/putus", body + f"&token={token[1]}".encode(), **put).status == 403  # another browser's
    assert other.ask("POST", "/atur", b"x" * 2_000_000, **put).status == 413
    from starlette.datastructures import Headers

    assert own_page(Headers({"origin": "http://127.0.0.1:1"}), "127.0.0.1:1")
    assert not own_page(Headers({"origin": "null"}), "127.0.0.1:1")
    assert not own_page(Headers({"origin": "http://127.0.0.1:2"}), "127.0.0.1:1")


def test_every_form_that_writes_wants_a_token(room: Room) -> None:
    """Whatever takes a POST without a token says no; new forms are found here by themselves."""
    from starlette.routing import Route

    client = room.client(Accept="text/html")
    routes = [route for route in room.app.routes if isinstance(route, Route) and "POST" in (route.methods or ())]
    assert len(routes) > 4
    for route in routes:
        path = re.sub(r"\{[^}]*\}", "abcdef", route.path)
        if path.startswith("/api"):
            continue
        answer = client.ask("POST", path, b"a=b", **{"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status in (401, 403, 404, 411, 415), (path, answer.status)


def test_what_a_browser_has_is_not_sent_again(client: Client) -> None:
    """Pages carry a tag of their content; files carry their version in their address."""
    page = client.get("/bantuan/hitung")
    assert client.get("/bantuan/hitung", If_None_Match=page.headers["etag"], **{"If-None-Match": page.headers["etag"]}).status == 304
    sheet = re.search(r'href="(/static/\w+/room.css)"', page.text)
    assert sheet is not None
    assert "immutable" in client.get(sheet[1]).headers["cache-control"]
    assert client.get("/static/old/room.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/x/../app.py").status == 404
    assert client.get("/static/x/%2e%2e/app.py").status == 404


@pytest.mark.parametrize("kind", ["artikel", "klaim", "pernyataan"])
def test_a_list_in_other_forms_holds_all_that_answers(client: Client, kind: str) -> None:
    """CSV and JSON Lines go on to the end; JSON goes on by its key; the feed is well-formed, its links lead here."""
    lines = client.get(f"/cari.jsonl?q=kata&apa={kind}").text.splitlines()
    rows = [json.loads(line) for line in lines]
    walked: list[Any] = []
    after = ""
    while True:
        page = client.get(f"/cari.json?q=kata&apa={kind}" + (f"&sesudah={after}" if after else "")).json
        walked += page["items"]
        if not (after := page["next"] or ""):
            break
    assert walked == rows
    assert len(rows) > (5 if kind == "artikel" else 60)
    table = list(csv.reader(io.StringIO(client.get(f"/cari.csv?q=kata&apa={kind}").text)))
    assert len(table) == len(rows) + 1
    feed = ElementTree.fromstring(client.get(f"/cari.atom?q=kata&apa={kind}").text)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == min(50, len(rows))
    link = entries[0].find(f"{atom}link")
    assert link is not None
    assert client.get(link.attrib["href"].split("/", 3)[3].join(["/", ""])).status == 200


def test_pages_of_hits_meet_none_twice_and_leave_none_out(client: Client) -> None:
    """From page to page by the links, as a reader goes."""
    seen: list[str] = []
    path = "/cari?q=kata&apa=pernyataan"
    while path:
        page = client.get(path).text
        seen += re.findall(r'<li data-walk id="(\w+-a[\d-]+)"', page)
        next_ = re.search(r'href="([^"]+)" rel="next"', page)
        path = html.unescape(next_[1]) if next_ else ""
    rows = client.get("/cari.jsonl?q=kata&apa=pernyataan").text.splitlines()
    assert seen == [json.loads(row)["id"].replace("#", "-") for row in rows]


def test_facets_lead_to_what_they_count(client: Client) -> None:
    """The number beside a value is that of the articles which its link gives."""
    page = client.get("/cari?q=korban").text
    facets = re.findall(r'<li><a href="([^"]+)"><span>[^<]+</span><span class="num">(\d+)</span>', page)
    assert len(facets) > 8
    for href, count in facets:
        told = client.get(html.unescape(href)).text
        number = re.search(r"<b>([\d.]+)</b>", told)
        assert number is not None
        assert number[1] == count, href


def test_what_cannot_be_understood_is_told(client: Client) -> None:
    """A wrong query, a wrong key of a page, a wrong place: a message that says what to do, not a fault."""
    wrong = client.get("/cari?q=type%3AQUARREL")
    assert wrong.status == 400
    assert "QUARREL" in wrong.text
    assert client.get("/cari?q=kata&sesudah=zzz").status == 400
    assert client.get("/cari?q=certainty%3Asure").status == 400
    for query in ("kepastian%3Amungkin+jenis%3Aserangan", "review%3Aditolak", "periksa%3Aditerima,dikoreksi"):
        assert client.get(f"/cari?q={query}").status == 200, query
    assert client.get("/cari.csv?q=type%3AQUARREL").status == 400
    for path in ("/a/zzz", "/a/0123456789abcdef01234567", "/a/0123456789abcdef01234567.json", "/k/abcdef/c1-2", "/o/zz", "/c/zz", "/bantuan/x", "/apa", "/cari/x"):
        assert client.get(path).status in (400, 404), path
    sadeng = article(client, "Sadeng")
    assert client.get(f"/a/{sadeng}/x9").status == 404
    assert client.get(f"/a/{sadeng}/c1-2").status == 200  # a place where no item stands is a place all the same
    assert client.get(f"/a/{sadeng[:10]}").headers["location"] == f"/a/{sadeng}"
    assert client.get(f"/r/{sadeng}/c1-2").status == 303


def test_a_question_that_takes_too_long_is_broken_off(archive: Archive) -> None:
    """The limit holds for what SQLite does, says so in words, and leaves the connection fit for the next question."""
    from sqlalchemy import text

    endless = text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000) SELECT count(*) FROM n")
    with pytest.raises(TooSlow, match="broken off"), snapshot(archive, 0.05) as opened:
        opened.connection.execute(endless)
    for _ in range(10):
        with archive.reading() as connection:
            assert connection.execute(text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 200000) SELECT count(*) FROM n")).scalar() == 200000
    with open_room(archive, RoomSettings(sql_seconds=1e-9)) as hasty:
        assert hasty.client(Accept="text/html").get("/cari?q=kata").status in (200, 503)


def test_a_request_sees_one_state(archive: Archive) -> None:
    """What is read through a snapshot does not change while others write."""
    from sqlalchemy import func, select

    from telusur.archive.decisions import Wish
    from telusur.archive.review import decide, undo
    from telusur.archive.schema import decisions

    with snapshot(archive, 60) as opened, opened.reading() as first:
        before = first.execute(select(func.count()).select_from(decisions)).scalar_one()
        with archive.reading() as connection:
            id = connection.execute(select(func.min(__import__("telusur.archive.schema", fromlist=["articles"]).articles.c.id))).scalar_one()
            record = load_record(archive, connection, find_number(connection, id) or 0)
        key = f"c{record['claims'][0]['trigger']['start']}-{record['claims'][0]['trigger']['end']}"
        made = decide(archive, Wish("accept", "Sari", None, id, key))
        with opened.reading() as second:
            assert second.execute(select(func.count()).select_from(decisions)).scalar_one() == before
    undo(archive, made.id, "Sari")


def test_pages_come_from_postgresql_too(postgres: Server, client: Client, paths: list[str]) -> None:
    """Every page that asks the archive in words of its own, and a decision."""
    place = postgres.new_database()
    try:
        with fill(place) as archive, open_room(archive, RoomSettings(by="Sari", sql_seconds=60)) as opened:
            there = opened.client(Accept="text/html", Accept_Language="id")
            for path in paths:
                if not path.startswith(("/bantuan", "/atur")):
                    answer = there.get(path)
                    answer = there.get(answer.headers["location"]) if answer.status in (302, 303) else answer
                    assert answer.status == 200, (path, answer.text[:300])
            assert there.get("/cari.csv?q=korban").body.count(b"\r\n") == client.get("/cari.csv?q=korban").body.count(b"\r\n")
            id, key = claim(there, "feri who:Surya type:ASSAULT").split("#")
            assert there.form("/periksa", "/periksa/putus", article=id, key=key, verdict="accept").status == 303
            assert 'class="by accepted"' in there.get(f"/k/{id}/{key}").text
            from sqlalchemy import text

            with pytest.raises(TooSlow), snapshot(archive, 0.05) as held:
                held.connection.execute(text("SELECT pg_sleep(5)"))
    finally:
        postgres.take_back(place)


# --- harm -------------------------------------------------------------------------------------------------------


def test_an_article_that_means_harm_is_shown_safely(harm: tuple[Archive, Client]) -> None:
    """Markup in every field comes out as text on every page that shows it, in every form of every list."""
    _, client = harm
    ids = [row["article"]["id"] for row in found(client, "menyerang") if row["article"]["title"].startswith("\"'>")]
    assert len(ids) == 2
    for id in ids:
        record = client.get(f"/a/{id}.json").json
        claims = [f"c{c['trigger']['start']}-{c['trigger']['end']}" for c in record["claims"][:1]]
        told = [f"/a/{id}", f"/a/{id}?bagian=2", f"/c/{id}", f"/periksa?artikel={id}"]
        told += [f"{at}/{id}/{key}" for key in claims for at in ("/a", "/k", "/periksa")]
        for path in (*told, "/cari?q=menyerang", "/o", "/media", "/"):
            answer = client.get(path)
            answer = client.get(answer.headers["location"]) if answer.status in (302, 303) else answer
            assert answer.status == 200, (path, answer.text[:300])
            assert_safe(answer.text, path)
            assert len(answer.body) < 5 * MOST_BYTES, (path, len(answer.body))
    ElementTree.fromstring(client.get("/cari.atom?q=menyerang").text)
    for form in ("csv", "json", "jsonl"):
        answer = client.get(f"/cari.{form}?q=menyerang")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not answer.media.startswith("text/html")


def test_a_question_that_means_harm_is_shown_safely(client: Client) -> None:
    """What a reader types comes back as text: in the query, in a name, in a range, in a path, in a language."""
    from urllib.parse import quote

    evil = quote(EVIL)
    for path in (f"/cari?q={evil}", f"/cari?q=kata&apa={evil}", f"/cari?q=kata&urut={evil}", f"/o?nama={evil}", f"/?lang={evil}&theme={evil}", f"/periksa?q={evil}", f"/periksa?lewati={evil}",
                 f"/media?disimpan={evil}", f"/a/{evil}", f"/bantuan/{evil}", f"/periksa?baru={evil}", f"/cari/type?q={evil}"):  # fmt: skip
        answer = client.get(path)
        assert answer.status < 500, path
        assert_safe(answer.text, path)
    crossed = room_with_cookies(client, {"telusur-lang": EVIL[:5], "telusur-theme": "x", "telusur-keys": "help-3c.zz-1", "telusur-layers": "<"})
    assert_safe(crossed.get("/").text, "cookies")


def room_with_cookies(client: Client, cookies: dict[str, str]) -> Client:
    return Client(client.port, dict(client.headers), cookies)


def test_a_long_text_comes_in_parts(harm: tuple[Archive, Client]) -> None:
    """Every character stands in one part; a link to a place opens the part that holds it."""
    archive, client = harm
    id = next(row["article"]["id"] for row in found(client, "menyerang") if len(client.get(f"/a/{row['article']['id']}.txt").text) > 1_000_000)
    with archive.reading() as connection:
        record = load_record(archive, connection, find_number(connection, id) or 0)
    view = view_article(record, wording("id"), part=3)
    ends = [(part.start, part.end) for part in view.parts]
    assert ends[0][0] == 0
    assert ends[-1][1] == len(record["text"])
    assert all(a[1] == b[0] for a, b in pairwise(ends))
    place = ends[9][0] + 5
    page = client.get(f"/a/{id}?range={place}-{place + 20}").text
    assert 'id="range"' in page
    # Thousands of records over one another: every part of the text, and every page of the records beside it, is of bounded size, and no record is
    # on none of them.
    shown: set[str] = set()
    for number in (1, 2, 3, len(ends) // 2, len(ends)):
        path, passed = f"/a/{id}?bagian={number}", 0
        while path:
            page = client.get(path).text
            assert len(page.encode()) < MOST_BYTES, path
            shown |= set(re.findall(r'<article class="card[^>]* id="k-([^"]+)"', page))
            more = re.search(r'href="(/a/[^"]*mulai=(\d+))">', page)
            assert more is None or int(more[2]) > passed
            path, passed = (more[1].replace("&amp;", "&"), int(more[2])) if more and number < 3 else ("", 0)
    own = [claim for claim in record["claims"] if claim["according_to"] is None and claim["trigger"]["start"] < ends[1][1]]
    assert len(own) > 10
    assert {f"c{claim['trigger']['start']}-{claim['trigger']['end']}" for claim in own} <= shown


# --- deciding ---------------------------------------------------------------------------------------------------


def test_a_decision_is_kept_shown_everywhere_and_taken_back(archive: Archive, client: Client) -> None:
    """Accept, reject and correct by forms: each is in the record with who and why, looks different on every page, and can be undone."""
    id = claim(client, "feri who:Surya type:ASSAULT")
    at, key = id.split("#")

    def state() -> str:
        with archive.reading() as connection:
            record = load_record(archive, connection, find_number(connection, at) or 0)
        return next(str(c.get("review", "machine")) for c in record["claims"] if f"c{c['trigger']['start']}-{c['trigger']['end']}" == key)

    def newest() -> str:
        made = re.search(r'name="decision" value="(\w+)"', client.get("/periksa").text)
        assert made is not None
        return made[1]

    for action, fields, review in (("accept", {}, "accepted"), ("reject", {}, "rejected"), ("correct", {"field": "certainty", "value": "possible"}, "corrected")):
        answer = client.form("/periksa", "/periksa/putus", article=at, key=key, verdict=action, why="dicek di lapangan", single="1", **fields)
        assert answer.status == 303, answer.text[:500]
        assert answer.headers["location"] == f"/a/{at}/{key}"
        assert state() == review
        assert f'class="by {review}"' in client.get(f"/a/{at}").text
        assert f'class="by {review}"' in client.get(f"/k/{at}/{key}").text
        assert "dicek di lapangan" in client.get("/periksa").text
        assert client.form("/periksa", "/periksa/urungkan", decision=newest()).status == 303
        assert state() == "machine"
    refused = client.form("/periksa", "/periksa/putus", article=at, key=key, verdict="correct", field="certainty", value="perhaps")
    assert refused.status == 400
    assert "pasti, kemungkinan-besar" in refused.text
    assert client.form("/periksa", "/periksa/putus", article=at, key="c1-2", verdict="accept").status == 400


def test_what_is_accepted_together_is_accepted_whole_or_not_at_all(archive: Archive, client: Client) -> None:
    """One wrong item among several, or nothing ticked, and nothing is decided; several decisions are undone as one."""
    at, _ = claim(client, "type:ASSAULT").split("#")

    def accepted() -> int:
        with archive.reading() as connection:
            record = load_record(archive, connection, find_number(connection, at) or 0)
        return sum(item.get("review") == "accepted" for item in record["claims"])

    shown = client.get(f"/periksa/bersama?artikel={at}&jenis=ASSAULT").text
    keys = re.findall(r'name="key" value="(c\d+-\d+)" id="[\w-]+" checked', shown)
    assert keys
    assert client.get(f"/periksa/bersama?artikel={at}&jenis=PARTY").status == 404
    token = re.search(r'name="token" value="(\w+)"', shown)
    assert token is not None

    def send(*ticked: str) -> Answer:
        body = urlencode([("token", token[1]), ("article", at), *(("key", key) for key in ticked)]).encode()
        return client.ask("POST", "/periksa/bersama", body, **{"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"})

    assert send().status == 400
    assert send(*keys, "c1-2").status == 400
    assert accepted() == 0
    made = send(*keys)
    assert made.status == 303
    assert accepted() == len(keys)
    told = made.headers["location"].partition("baru=")[2].replace("%2C", ",")
    assert client.form("/periksa", "/periksa/urungkan", decision=told).status == 303
    assert accepted() == 0


def test_the_queue_goes_on_and_comes_back(client: Client) -> None:
    """Whoever skips sees the next; a decision leads to the next; narrowing keeps to what a search finds."""
    first = client.get("/periksa?q=feri").text
    keys = re.findall(r'name="article" value="(\w+)"><input type="hidden" name="key" value="([\w-]+)"', first)
    article_, key = keys[0]
    skipped = client.form("/periksa?q=feri", "/periksa/putus", article=article_, key=key, verdict="skip", back="q=feri")
    assert skipped.status == 303
    second = client.get(skipped.headers["location"]).text
    assert f'name="key" value="{key}"' not in second
    assert "feri" in html.unescape(skipped.headers["location"])


def test_preferences_are_kept_in_the_browser(client: Client) -> None:
    """Language, theme, layers and keys; two actions with one key are refused."""
    saved = client.form("/atur", "/atur", lang="en", theme="dark", layer="per", **{f"key-{key.action}": key.key for key in KEYS} | {"key-next": "ArrowDown"})
    assert saved.status == 303
    page = client.get("/").text
    assert 'data-theme="dark"' in page
    assert '<html lang="en"' in page
    assert "ArrowDown" in page
    assert "no-org" in client.get(f"/a/{article(client, 'Sadeng')}").text
    clash = client.form("/atur", "/atur", **{f"key-{key.action}": key.key for key in KEYS} | {"key-next": "a"})
    assert clash.status == 422
    assert client.form("/atur", "/atur", **{"keys-off": "1"}).status == 303
    assert 'data-keys="{}"' in client.get("/").text


def test_keys_survive_their_cookie() -> None:
    """What a reader chose comes back whole; nonsense is passed over; keys that begin pairs are seen."""
    usual = {key.action: key.key for key in KEYS}
    assert clashes(usual) == []
    assert keys_of(write(usual | {"next": "ö", "skip": "g g"})) == usual | {"next": "ö", "skip": "g g"}
    assert keys_of("..--next-zz.next-.nope-61") == usual
    assert clashes(usual | {"next": "g"}) == ["g"]
    assert caps(" ", "id") == ["spasi"]
    assert caps("g a", "en") == ["g", "a"]
    assert caps("", "en") == []


# --- smaller parts ----------------------------------------------------------------------------------------------


def test_two_texts_are_held_against_each_other_by_words() -> None:
    """Words that both have are shared, also between changed ones; what is moved far is not."""
    one, other = "Kapal karam pada Sabtu, kata Surya kepada Cakra.", "Kapal feri karam pada Sabtu, kata Surya."
    mine, theirs = shared(one, other, [Pair((0, len(one)), (0, len(other)))])
    own = [p.text.strip() for p in pieces(one, (0, len(one)), mine) if not p.shared]
    added = [p.text.strip() for p in pieces(other, (0, len(other)), theirs) if not p.shared]
    assert own == ["kepada Cakra"]
    assert added == ["feri"]
    long = " ".join(f"kata{n % 700}" for n in range(6000))
    same = shared(long, long, [Pair((0, len(long)), (0, len(long)))])[0]
    assert all(p.shared for p in pieces(long, (0, len(long)), same))


def test_keys_of_places_are_read() -> None:
    assert key_range("c499-511") == (499, 511)
    assert key_range("a478-617-620") == (478, 617)
    assert key_range("10-40") == (10, 40)
    assert [key_range(bad) for bad in ("c1", "c5-5", "x1-2", "c-1-2", "c1-2-3-4", "", "c1e3-5", "c99999999999999-999999999999999")] == [None] * 8
