"""People: accounts, logins, tokens, limits and the log, over real archives of both kinds and a real room."""

from __future__ import annotations

import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from sqlalchemy import select, text, update

from archive.records import NewPlace, kept
from telusur.archive import Archive, open_archive
from telusur.archive.copy import backup, copy
from telusur.cli import cli
from telusur.errors import BadRequest
from telusur.web.accounts import any_account, passwords, store, tables
from telusur.web.accounts.limits import Limit
from telusur.web.accounts.pages import safe_way
from telusur.web.accounts.store import People, open_people
from telusur.web.settings import RoomSettings
from web.rooms import PASSWORDS, Client, Room, open_room

GOOD = "kuda laut hijau"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hashes with less effort, since these tests make hundreds; `test_passwords_are_kept_as_argon2id` has the real ones."""
    monkeypatch.setattr(passwords, "_hasher", cache(lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)))
    passwords._nobodys.cache_clear()


@pytest.fixture
def people(archive: Archive) -> Iterator[People]:
    with open_people(archive) as found:
        yield found


# --- what is known of people, in both engines -------------------------------------------------------------------


def test_an_account_comes_and_goes(archive: Archive, people: People) -> None:
    """Nobody at first, and nothing is made by asking; an account, its role, its end; the name stays taken."""
    assert not any_account(archive)
    assert people.all() == people.tokens() == people.log() == []
    assert people.who_logged_in("x") is people.who_carries("tls_x") is people.log_in("ani", GOOD, "::1") is None
    assert not people.there()
    people.add("sendiri", "admin", GOOD, "cli")
    people.remove("sendiri", "cli")
    assert not any_account(archive)
    people.add("  Ani   Wijaya ", "admin", GOOD, "cli")
    people.add("pembaca", "reader", GOOD, "cli")
    assert any_account(archive)
    assert [(one.name, one.role) for one in people.all() if one.removed is None] == [("Ani Wijaya", "admin"), ("pembaca", "reader")]
    with pytest.raises(BadRequest, match="has an account already"):
        people.add("ANI wijaya", "reader", GOOD, "cli")
    for act in (lambda: people.remove("ani wijaya", "cli"), lambda: people.set_role("Ani Wijaya", "reader", "cli")):
        with pytest.raises(BadRequest, match="nobody would be admin"):
            act()
    people.add("budi", "admin", GOOD, "cli")
    people.remove("ani wijaya", "budi")
    assert [one.name for one in people.all() if one.removed is None] == ["budi", "pembaca"]
    assert people.log_in("Ani Wijaya", GOOD, "::1") is None
    people.add("ani wijaya", "reader", "kuda laut putih", "budi")
    assert people.log_in("ani wijaya", GOOD, "::1") is None
    assert people.log_in("ani wijaya", "kuda laut putih", "::1")


@pytest.mark.parametrize(
    ("name", "role", "password", "told"),
    [
        ("ani", "reader", "pendek", "fewer than 10"),
        ("ani", "reader", "1234567890", "easy to guess"),
        ("ani", "reader", "aaaaaaaaaaaa", "easy to guess"),
        ("kuda laut hijau", "reader", GOOD, "easy to guess"),
        ("ani", "reader", "a" * 1001, "longer than"),
        ("ani", "boss", GOOD, "the roles are"),
        ("", "reader", GOOD, "no name for an account"),
        ("a\x1bb", "reader", GOOD, "no name for an account"),
        ("x" * 61, "reader", GOOD, "no name for an account"),
    ],
)
def test_a_bad_account_is_refused_in_words(tmp_path: Path, name: str, role: str, password: str, told: str) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive, open_people(archive) as people:
        with pytest.raises(BadRequest, match=re.escape(told)):
            people.add(name, role, password, "cli")
        assert not people.any()


def test_passwords_are_kept_as_argon2id(monkeypatch: pytest.MonkeyPatch) -> None:
    """With salt: two of the same differ; a wrong one is not right, nor one that nobody has."""
    monkeypatch.setattr(passwords, "_hasher", cache(PasswordHasher))
    passwords._nobodys.cache_clear()
    one, other = passwords.hashed(GOOD), passwords.hashed(GOOD)
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != other
    assert passwords.is_right(one, GOOD)
    assert not passwords.is_right(one, GOOD + "x")
    assert not passwords.is_right(None, "\0nobody")
    assert not passwords.is_right("no hash", GOOD)
    assert not passwords.is_old(one)
    assert passwords.is_old(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(GOOD))


def test_a_login_lasts_and_ends(people: People) -> None:
    """It is good at once; role changes follow it; it ends idle, old, by logging out, by a new password."""
    people.add("ani", "admin", GOOD, "cli")
    people.add("budi", "reader", GOOD, "cli")
    assert people.log_in("budi", "kuda laut salah", "::1") is None
    secret, other = people.log_in("BUDI", GOOD, "::1"), people.log_in("budi", GOOD, "::1")
    assert secret
    assert other
    found = people.who_logged_in(secret)
    assert found
    assert (found.name, found.role) == ("budi", "reader")
    people.set_role("budi", "reviewer", "ani")
    assert (again := people.who_logged_in(secret))
    assert again.role == "reviewer"
    people.set_password("budi", "kuda laut baru", "budi", keep=secret)
    assert people.who_logged_in(secret)
    assert people.who_logged_in(other) is None
    assert people.log_in("budi", GOOD, "::1") is None
    assert people.who_logged_in(secret + "x") is None

    def age(column: str, by: timedelta) -> None:
        moment = (store.now() - by).strftime("%Y-%m-%dT%H:%M:%SZ")
        people.archive.write(lambda connection: connection.execute(update(tables.logins).values({column: moment})))

    age("seen", timedelta(hours=1))
    assert people.who_logged_in(secret)  # and is seen again
    with people.archive.reading() as connection:
        assert connection.execute(select(tables.logins.c.seen)).scalar_one() > (store.now() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    age("seen", store.IDLE + timedelta(minutes=1))
    assert people.who_logged_in(secret) is None
    age("seen", timedelta(0))
    age("made", store.LASTS + timedelta(minutes=1))
    assert people.who_logged_in(secret) is None
    age("made", timedelta(0))
    people.log_out(secret, "budi")
    assert people.who_logged_in(secret) is None


def test_a_token_carries_no_more_than_its_account(people: People) -> None:
    """Its role is the lesser of its own and its account's; it ends by date, by being revoked, with its account."""
    people.add("ani", "admin", GOOD, "cli")
    people.add("budi", "reviewer", GOOD, "cli")
    made, secret = people.add_token("budi", " lembar  kerja ", "budi", role="admin")
    assert (made.role, made.label) == ("reviewer", "lembar kerja")
    assert secret.startswith("tls_")
    found = people.who_carries(secret)
    assert found
    assert (found[0].name, found[0].role, found[1]) == ("budi", "reviewer", made.id)
    assert people.tokens("budi")[0].used == store.now().strftime("%Y-%m-%d")
    people.set_role("budi", "reader", "ani")
    assert people.who_carries(secret)[0].role == "reader"  # type: ignore[index]
    with pytest.raises(BadRequest, match="no token"):
        people.revoke(made.id, "ani", of="ani")
    people.revoke(made.id, "budi", of="budi")
    assert people.who_carries(secret) is None
    _, short = people.add_token("budi", "sebentar", "budi", days=1)
    people.archive.write(lambda connection: connection.execute(update(tables.tokens).values(until="2026-01-01T00:00:00Z")))
    assert people.who_carries(short) is None
    assert people.tokens() == []
    _, last = people.add_token("budi", "terakhir", "budi")
    people.remove("budi", "ani")
    assert people.who_carries(last) is None
    assert people.who_carries("tls_" + "x" * 43) is people.who_carries("") is None


def test_no_secret_is_kept(archive: Archive, people: People) -> None:
    """Neither passwords, nor what browsers and programs carry, nor what was typed into the field for the name."""
    people.add("ani", "admin", GOOD, "cli")
    login = people.log_in("ani", GOOD, "10.0.0.7")
    _, token = people.add_token("ani", "lembar", "ani")
    people.log_in("sandi-di-kolom-nama", "apa saja", "10.0.0.8")
    people.log_in("ani", "salah sekali ini", "10.0.0.9")
    kept_rows: list[str] = []
    with people.archive.reading() as connection:
        for table in tables.metadata.sorted_tables:
            kept_rows += [repr(tuple(row)) for row in connection.execute(select(table))]
    told = "\n".join(kept_rows)
    for secret in (GOOD, login, token, "sandi-di-kolom-nama", "salah sekali ini"):
        assert secret
        assert secret not in told
    deeds = [(one.who, one.what, one.address) for one in people.log()]
    assert deeds[:2] == [("ani", "login refused", "10.0.0.9"), ("", "login refused", "10.0.0.8")]
    assert [one.what for one in people.log(who="ani", most=2)] == ["login refused", "token made"]
    assert people.log(below=people.log()[0].number)[0] == people.log()[1]


def test_people_stay_behind_when_an_archive_goes(new_place: NewPlace, tmp_path: Path) -> None:
    """Copies and backups hold the articles, and nobody's password; the archive's own schema does not know of people."""
    with open_archive(new_place(), create=True) as source, open_archive(new_place(), create=True) as target:
        kept(source, range(2))
        with open_people(source) as people:
            people.add("ani", "admin", GOOD, "cli")
        assert copy(source, target) == 2
        assert any_account(source)
        assert not any_account(target)
        backup(source, tmp_path / "cadangan.db")
        with sqlite3.connect(tmp_path / "cadangan.db") as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert "articles" in names
        assert not {name for name in names if name.startswith("people_")}


def test_the_file_of_people_is_its_owners(tmp_path: Path) -> None:
    """Beside the archive, and no others can read it."""
    with open_archive(tmp_path / "arsip.db", create=True) as archive, open_people(archive) as people:
        assert list(tmp_path.glob("*.people.*")) == []
        people.add("ani", "admin", GOOD, "cli")
        for file in tmp_path.glob("arsip.people.db*"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert (tmp_path / "arsip.people.db").exists()


def test_a_limit_counts_any_minute() -> None:
    """So many in 60 seconds, each asker by itself; who is turned away is not counted, and told how long to wait."""
    at = [1000.0]
    limit = Limit(3, lambda: at[0])
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 0]
    at[0] += 20
    assert limit.wait("a") == 40
    assert limit.wait("b") == 0
    limit.give_back("a")
    limit.give_back("nobody")
    assert [limit.wait("a"), limit.wait("a")] == [0, 40]
    at[0] += 60.1
    assert limit.wait("a") == 0
    assert all(Limit(0).wait("a") == 0 for _ in range(100))


@pytest.mark.parametrize(
    ("told", "way"),
    [
        ("/cari?q=a%20b", "/cari?q=a%20b"), ("/", "/"), ("", "/"), ("//lain.example", "/"), ("/\\lain.example", "/"), ("https://lain.example/", "/"),
        ("javascript:alert(1)", "/"), ("/a\nb", "/"), ("cari", "/"), ("/" + "x" * 3000, "/"),
    ],
)  # fmt: skip
def test_the_way_back_leads_inside(told: str, way: str) -> None:
    """Whoever sends somebody to the login page cannot have it send them on elsewhere."""
    assert safe_way(told) == way


# --- in the room ------------------------------------------------------------------------------------------------


def team(archive: Archive) -> None:
    with open_people(archive) as people:
        for name, role in zip(PASSWORDS, ("admin", "reviewer", "reader"), strict=True):
            people.add(name, role, PASSWORDS[name], "test")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_archive(tmp_path / "archive.db", create=True) as archive:
        kept(archive, range(2))
        team(archive)
        with open_room(archive, RoomSettings(accounts=True, sql_seconds=60, hosts=("127.0.0.1", "arsip.example"))) as opened:
            yield opened


def test_somebody_logs_in_decides_and_logs_out(room: Room) -> None:
    """From the login page back to where they were going; what they decide carries their name, not what they say it is."""
    budi = room.client(Accept="text/html")
    assert budi.get("/akun").headers["location"] == "/masuk?ke=%2Fakun"
    wrong = budi.log_in("budi", "kuda laut salah")
    assert wrong.status == 401
    assert "kuda laut salah" not in wrong.text
    answer = budi.form("/masuk?ke=%2Fakun", "/masuk", name="budi", password=PASSWORDS["budi"], ke="/akun")
    assert (answer.status, answer.headers["location"]) == (303, "/akun")
    told = answer.headers["set-cookie"]
    assert "HttpOnly" in told
    assert "SameSite=lax" in told
    assert "budi" in budi.get("/akun").text
    article = budi.get("/api/v1/articles?size=1").json["items"][0]["id"]
    made = budi.send("/api/v1/decisions", {"action": "accept", "article": article, "item": "c1"})
    assert made.json["who"] == "budi"
    assert budi.send("/api/v1/decisions", {"action": "accept", "article": article, "item": "c2", "who": "ani"}).status == 422
    assert [one["who"] for one in budi.get("/api/v1/decisions").json["items"]] == ["budi"]
    carried = dict(budi.cookies)
    assert budi.form("/akun", "/keluar").headers["location"] == "/masuk"
    assert "telusur-login" not in budi.cookies
    budi.cookies = carried
    assert budi.get("/akun").status == 303


def test_cookies_are_for_https_alone_where_there_is_https(tmp_path: Path) -> None:
    """And a password is not taken over plain HTTP from beyond this machine."""
    with open_archive(tmp_path / "archive.db", create=True) as archive:
        team(archive)
        hosts = ("127.0.0.1", "arsip.example")
        with open_room(archive, RoomSettings(accounts=True, hosts=hosts, https=True)) as room:
            client = room.client()
            client.host = "arsip.example"
            assert "Secure" in client.log_in("ani").headers["set-cookie"]
        with open_room(archive, RoomSettings(accounts=True, hosts=hosts)) as room:
            client = room.client()
            client.host = "arsip.example"
            answer = client.log_in("ani")
            assert answer.status == 403
            assert "telusur-login" not in client.cookies
            assert "--https" in answer.text
            with open_people(archive) as people:
                _, token = people.add_token("ani", "terang", "test")
            client.cookies.clear()
            refused = client.get("/api/v1/", Authorization=f"Bearer {token}")
            assert refused.status == 401
            assert "plain HTTP" in refused.json["detail"]


def test_guessing_is_slowed(room: Room) -> None:
    """Five wrong tries a minute from one address, whatever the name; then even the right password waits. Right ones are not counted."""
    assert [room.client().log_in(name).status for name in (*PASSWORDS, *PASSWORDS)] == [303] * 6
    client = room.client()
    assert [client.log_in(f"orang{n}", "kuda laut salah").status for n in range(5)] == [401] * 5
    answer = client.log_in("ani")
    assert answer.status == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60


def test_programs_are_slowed(tmp_path: Path) -> None:
    """Each token by itself; pages are not counted."""
    with open_archive(tmp_path / "archive.db", create=True) as archive:
        team(archive)
        with open_people(archive) as people:
            one, other = (people.add_token("budi", label, "test")[1] for label in "ab")
        with open_room(archive, RoomSettings(accounts=True, asks_a_minute=3)) as room:
            client = room.client(Authorization=f"Bearer {one}")
            assert [client.get("/api/v1/").status for _ in range(4)] == [200, 200, 200, 429]
            refused = client.get("/api/v1/")
            assert refused.json["code"] == "too-often"
            assert 0 < int(refused.headers["retry-after"]) <= 61
            assert client.get("/akun").status == 200
            assert room.client(Authorization=f"Bearer {other}").get("/api/v1/").status == 200


def test_one_looks_after_ones_own_account(room: Room) -> None:
    """A token is shown once, acts in its account's name, is revoked at once; a password is changed by who knows the old one."""
    budi = room.client()
    budi.log_in("budi")
    made = budi.form("/akun", "/akun/kunci", label="lembar <b>kerja</b>", role="reader", days="30")
    assert made.status == 201
    (secret,) = set(re.findall(r"tls_[\w-]{43}", made.text))
    assert "<b>kerja" not in made.text
    program = room.client(Authorization=f"Bearer {secret}")
    assert program.get("/api/v1/").json["you"] == {"name": "budi", "role": "reader", "known": True}
    shown = budi.get("/akun").text
    assert secret not in shown
    id = re.search(r'name="id" value="(\w+)"', shown)
    assert id
    cici = room.client()
    cici.log_in("Cici Lestari")
    assert cici.form("/akun", "/akun/kunci/hapus", id=id[1]).status == 422
    assert program.get("/api/v1/").status == 200
    assert budi.form("/akun", "/akun/kunci/hapus", id=id[1]).status == 303
    assert program.get("/api/v1/").status == 401
    assert budi.form("/akun", "/akun/sandi", old="salah sekali ini", new="kuda laut baru", again="kuda laut baru").status == 422
    assert budi.form("/akun", "/akun/sandi", old=PASSWORDS["budi"], new="kuda laut baru", again="kuda laut lain").status == 422
    assert budi.form("/akun", "/akun/sandi", old=PASSWORDS["budi"], new="kuda laut baru", again="kuda laut baru").status == 303
    assert budi.get("/akun").status == 200
    assert room.client().log_in("budi", "kuda laut baru").status == 303


def test_an_admin_looks_after_everybody(room: Room) -> None:
    """Adds, gives roles, removes; it holds at once for who is logged in; the log tells it; others see none of it."""
    ani, cici = room.client(Accept="text/html"), room.client(Accept="text/html")
    ani.log_in("ani")
    cici.log_in("Cici Lestari")
    assert cici.get("/orang").status == 403
    assert ani.form("/orang", "/orang", name="dedi", role="reader", password="kuda laut kuning").status == 303
    assert ani.form("/orang", "/orang", name="eka", role="reader", password="pendek").status == 422
    assert ani.form("/orang", "/orang/peran", name="Cici Lestari", role="reviewer").status == 303
    assert cici.get("/api/v1/").json["you"]["role"] == "reviewer"
    assert ani.form("/orang", "/orang/hapus", name="Cici Lestari").status == 303
    assert cici.get("/akun").status == 303
    assert ani.form("/orang", "/orang/hapus", name="ani").status == 422
    log = ani.get("/orang/catatan").text
    assert all(word in log for word in ("dedi: reader", "Cici Lestari: reviewer", "127.0.0.1"))
    assert "kuda laut" not in log


def test_a_form_of_another_browser_is_refused(room: Room) -> None:
    """The token on a page is its browser's: another's, or none, does nothing."""
    ani, other = room.client(), room.client()
    ani.log_in("ani")
    token = re.search(r'name="token" value="(\w+)"', other.get("/masuk").text)
    assert token
    for told in (token[1], "", "x" * 40):
        answer = ani.ask("POST", "/orang/hapus", f"token={told}&name=budi".encode(), Content_Type="application/x-www-form-urlencoded")
        assert answer.status == 403
    assert "budi" in ani.get("/orang").text


# --- on the command line ----------------------------------------------------------------------------------------


def run(place: Path, *arguments: str, typed: str = "", status: int = 0) -> str:
    ended = CliRunner().invoke(cli, [*arguments, "--archive", str(place)], input=typed)
    assert ended.exit_code == status, (ended.output, ended.exception)
    return ended.output


def test_the_first_admin_is_made_on_the_command_line(tmp_path: Path) -> None:
    """Then others; tokens; the log; nobody's secret is printed but a new token, once."""
    place = tmp_path / "archive.db"
    with open_archive(place, create=True) as archive:
        kept(archive, range(1))
    assert "nobody has an account" in run(place, "users", "list", status=3)
    first = CliRunner().invoke(cli, ["users", "add", "budi", "--archive", str(place), "--password-stdin"], input=GOOD + "\n")
    assert isinstance(first.exception, BadRequest)
    assert "telusur users add budi --role admin" in str(first.exception)
    run(place, "users", "add", "ani", "--role", "admin", "--password-stdin", typed=GOOD + "\n")
    run(place, "pengguna", "add", "budi", "--password-stdin", typed=GOOD + "\n")
    run(place, "users", "role", "budi", "reviewer")
    assert re.findall(r"^(\w+) .*  (\w+)$", run(place, "users", "list"), re.MULTILINE) == [("admin", "ani"), ("reviewer", "budi")]
    token = re.search(r"tls_[\w-]{43}", run(place, "tokens", "add", "budi", "--for", "lembar", "--days", "30"))
    assert token
    listed = run(place, "tokens", "list", "budi")
    assert "budi: lembar; used never" in listed
    assert token[0] not in listed
    run(place, "tokens", "revoke", listed.split()[0])
    run(place, "tokens", "list", status=3)
    run(place, "users", "password", "budi", "--password-stdin", typed="kuda laut baru\n")
    run(place, "users", "remove", "budi")
    assert "removed" in run(place, "users", "list", "--all")
    log = run(place, "users", "log", "--json")
    assert [line.split('"what": "')[1].split('"')[0] for line in log.splitlines()] == [
        "account removed", "password set", "token revoked", "token made", "role given", "account added", "account added",
    ]  # fmt: skip
    assert "kuda laut" not in log


def test_a_room_without_accounts_serves_this_machine_alone(tmp_path: Path) -> None:
    """It says what to type."""
    place = tmp_path / "archive.db"
    with open_archive(place, create=True):
        pass
    command = [sys.executable, "-m", "telusur", "serve", "--archive", str(place), "--host", "0.0.0.0", "--port", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert "telusur users add NAME --role admin" in ended.stderr


def test_postgresql_keeps_people_apart(postgres: object, new_place: NewPlace) -> None:
    """In tables of their own names; a SQLite archive has none of them."""
    with open_archive(new_place(), create=True) as archive:
        with open_people(archive) as people:
            people.add("ani", "admin", GOOD, "cli")
        with archive.reading() as connection:
            if archive.kind == "postgresql":
                found = connection.execute(text("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'people_%'")).scalar_one()
                assert found == len(tables.metadata.tables)
            else:
                assert connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'people_%'")).scalar_one() == 0


def test_a_client_is_a_client() -> None:
    """The client of these tests keeps and drops cookies as a browser does."""
    client = Client(0)
    client._keep("a=b; HttpOnly")
    assert client.cookies == {"a": "b"}
    client._keep("a=; Max-Age=0")
    assert client.cookies == {}
