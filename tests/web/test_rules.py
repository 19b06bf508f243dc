"""Who may ask what: every address of the room asked by everybody.

`web.accounts.rules` says who may; here every address that there is must have a rule, and must hold to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from starlette.routing import BaseRoute, Mount, Route

from archive.records import kept
from telusur.archive import Archive, open_archive
from telusur.web.accounts.rules import PARTS, part_of, rule_of, stated_rule
from telusur.web.accounts.store import open_people
from telusur.web.app import create_app
from telusur.web.settings import RoomSettings
from web.rooms import PASSWORDS, Answer, Client, open_room

ROLES = ("reader", "reviewer", "admin")
SOMETHING = {"id": "abcdef", "key": "c1-2", "name": "room.css"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def addresses(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Method and pattern of every address."""
    for route in routes:
        if isinstance(route, Mount):
            inner = getattr(route.app, "routes", None) or route.app.inner.routes
            yield from addresses(list(inner), before + route.path)
        else:
            assert isinstance(route, Route), f"{route!r}: who may ask this?"
            yield from ((method, before + route.path) for method in sorted(route.methods or ()) if method not in ("HEAD", "OPTIONS"))


ADDRESSES = sorted(set(addresses(create_app(Archive(create_engine("sqlite://"), "nowhere.db", "sqlite", {})).routes)))


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_every_address_has_a_rule(method: str, path: str) -> None:
    """Whoever makes a page says in `web.accounts.rules` who may ask for it."""
    assert stated_rule(method, path), f"nothing in telusur.web.accounts.rules says who may {method} {path}"


def test_every_rule_is_of_something() -> None:
    """A rule for a part that is no more would hide that another one of its name has none."""
    assert set(PARTS) <= {part_of(path) for _, path in ADDRESSES}


def test_what_has_no_rule_is_not_for_everybody() -> None:
    """A page that somebody forgets is closed to strangers, and to readers where it writes."""
    assert (rule_of("GET", "/forgotten"), rule_of("POST", "/forgotten"), rule_of("DELETE", "/cari")) == ("reader", "reviewer", "reviewer")


@pytest.fixture(scope="module")
def askers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Client]]:
    """Everybody, with what they carry."""
    with open_archive(tmp_path_factory.mktemp("rules") / "archive.db", create=True) as archive:
        kept(archive, range(2))
        with open_people(archive) as people:
            for name, role in zip(PASSWORDS, ("admin", "reviewer", "reader"), strict=True):
                people.add(name, role, PASSWORDS[name], "test")
            people.add("dedi", "admin", "kuda laut kuning", "test")
            tokens = {role: people.add_token(name, "test", "test")[1] for name, role in zip(PASSWORDS, ("admin", "reviewer", "reader"), strict=True)}
            _, gone = people.add_token("dedi", "test", "test")
            people.remove("dedi", "test")
        settings = RoomSettings(accounts=True, asks_a_minute=0, sql_seconds=60)
        with open_room(archive, settings) as room:
            everybody = {role: room.client(Authorization=f"Bearer {token}") for role, token in tokens.items()}
            everybody["anonymous"] = room.client()
            everybody["wrong token"] = room.client(Authorization="Bearer tls_" + "x" * 43)
            everybody["removed"] = room.client(Authorization=f"Bearer {gone}")
            everybody["wrong login"] = room.client()
            everybody["wrong login"].cookies["telusur-login"] = "x" * 43
            everybody["other site"] = room.client(Authorization=f"Bearer {tokens['admin']}", Origin="https://lain.example")
            everybody["wrong host"] = room.client(Authorization=f"Bearer {tokens['admin']}")
            everybody["wrong host"].host = "lain.example"
            yield everybody


def ask(client: Client, method: str, path: str, accept: str = "*/*") -> Answer:
    address = re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: SOMETHING.get(part[1], "x"), path)
    if method == "GET":
        return client.get(address, Accept=accept)
    return client.ask(method, address, b"", **FORM, Accept=accept, Content_Length="0")


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_everybody_gets_what_the_rules_allow(askers: dict[str, Client], method: str, path: str) -> None:
    """401 to who is not known, 403 to who may not or comes from elsewhere, 421 to who calls it by a strange name; for whoever may
    it is done, or refused for another reason. (Forms without their token are refused with 403, and say so.)"""
    rule = rule_of(method, path)
    least = ROLES[0] if rule == "anyone" else rule
    refused = ROLES[: ROLES.index(least)]
    for who in ("wrong host", *(("other site",) if method != "GET" else ()), "wrong token", "removed", "wrong login", "anonymous", *refused, least):
        answer = ask(askers[who], method, path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        if who == "wrong host":
            assert answer.status == 421, who
        elif who == "other site":
            assert answer.status == 403, who
            assert "another site" in answer.text
        elif who in ("wrong token", "removed"):
            assert answer.status == 401, who
        elif who == least or rule == "anyone":
            assert answer.status not in (401, 403, 421) or "form" in answer.text, (who, answer.text)
            assert answer.status < 500, (who, answer.text)
        elif who in ROLES:
            assert answer.status == 403, who
            assert "role" in answer.text
        else:
            assert answer.status == 401, who
            assert answer.media == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/akun", "/orang", "/periksa?artikel=abc"])
def test_who_is_not_logged_in_is_led_to_the_login(askers: dict[str, Client], path: str) -> None:
    """In the browser; and from there back."""
    answer = ask(askers["anonymous"], "GET", path, "text/html,*/*")
    assert answer.status == 303
    assert answer.headers["location"].startswith("/masuk")
    if "?" in path:
        assert answer.headers["location"] == "/masuk?ke=%2Fperiksa%3Fartikel%3Dabc"
