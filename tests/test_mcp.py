"""The archive for language models: spoken to by the protocol's own client, over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import pytest

from archive.records import kept
from telusur.archive import open_archive
from telusur.archive.decisions import Wish
from telusur.archive.review import decide
from telusur.errors import BadRequest
from telusur.mcp.protocol import NAMED, WITH_HANDSHAKE, WITHOUT, answers, serve
from telusur.mcp.tools import MOST, make_tools
from telusur.trace.update import update

COUNT = 3
TOOLS = {"search", "get_record", "article", "who_said", "trace_claim", "timeline", "compare_copies", "find_origin"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles that are one text but for a ship's name, traced; one of their claims is accepted."""
    path = tmp_path_factory.mktemp("mcp") / "archive.db"
    with open_archive(path, create=True) as archive:
        ids = kept(archive, range(COUNT))
        update(archive)
        decide(archive, Wish("accept", "ani", article=ids[0], item="c1"))
    return path


@pytest.fixture(scope="module")
def tools(place: Path) -> Iterator[dict[str, Any]]:
    with open_archive(place) as archive:
        yield make_tools(lambda: archive)


def conversation(place: Path, mode: str, asked: list[tuple[str, dict[str, Any]]]) -> tuple[str, list[Any], list[Any]]:
    """The version that client and program agreed on, the tools, and the answers, by the protocol's own client."""
    from mcp.client.client import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    command = StdioServerParameters(command=sys.executable, args=["-m", "telusur", "mcp", "--archive", str(place)])

    async def talk() -> tuple[str, list[Any], list[Any]]:
        with anyio.fail_after(120):
            async with Client(stdio_client(command), mode=mode) as client:
                told = [await client.call_tool(name, arguments) for name, arguments in asked]
                return str(client.session.protocol_version), list((await client.list_tools()).tools), told

    return anyio.run(talk)


def test_a_client_asks_everything(place: Path) -> None:
    """With a handshake and without: all tools, read only; answers with sentence, range, link, review, sources and the note."""
    line = json.loads(next(iter(_called(place, "search", {"query": "type:COERCE", "limit": 1}))))["hits"][0]["lines"][0]
    asked: list[tuple[str, dict[str, Any]]] = [
        ("search", {"query": "terbakar", "limit": 2}),
        ("get_record", {"id": line["id"]}),
        ("article", {"id": line["article"]["id"]}),
        ("who_said", {"name": "Rukmini"}),
        ("trace_claim", {"claim": line["id"]}),
        ("timeline", {"from": "2024"}),
        ("compare_copies", {"article": line["article"]["id"]}),
        ("find_origin", {"text": "Dua awak tewas dan tiga hilang ketika kapal terbakar pekan lalu."}),
        ("search", {"query": "who:"}),
    ]
    for mode, versions in (("legacy", WITH_HANDSHAKE[-1:]), (WITHOUT[0], WITHOUT)):
        asked = asked if mode == "legacy" else asked[-1:]
        version, found, told = conversation(place, mode, asked)
        assert version in versions
        assert {tool.name for tool in found} == TOOLS
        assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in found)
        *good, bad = told
        assert not any(answer.is_error for answer in good)
        assert all("untrusted" in answer.structured_content["note"] for answer in good)
        assert all(json.loads(answer.content[0].text) == answer.structured_content for answer in good)
        assert bad.is_error
        assert "has no value" in bad.content[0].text
        if good:
            assert good[0].structured_content["count"] == COUNT
            assert good[1].structured_content["line"] == line
            check_answers([answer.structured_content for answer in good])


def check_answers(told: list[dict[str, Any]]) -> None:
    """Each answer against the text that it quotes."""
    found, one, article, said, traced, happened, copies, origin = told
    hit = found["hits"][0]
    assert hit["sentence"]["end"] - hit["sentence"]["start"] == len(hit["sentence"]["text"])
    line = one["line"]
    assert line["review"] in ("machine", "accepted")
    assert 1 <= line["sources"]["least"] <= line["sources"]["most"]
    assert line["article"]["url"] in line["cite"]
    assert f"characters {line['sentence']['start']}-{line['sentence']['end']}" in line["cite"]
    blocks = "\n".join(block["text"] for block in article["blocks"])
    assert line["sentence"]["text"] in blocks
    assert {one["review"] for one in article["claims"]} <= {"machine", "accepted"}
    assert said["names"][0]["name"] == "Rukmini Saraswati"
    assert all("cite" in one for one in said["said"])
    assert traced["counts"] == traced["line"]["sources"]
    assert traced["origins"][0]["tellings"][0]["sentence"]["words"]
    assert happened["lines"]
    assert all(one["time"] or one["article"] for one in happened["lines"])
    assert copies["count"] == len(copies["copies"]) >= 1
    assert origin["printed"][0]["first"]
    assert origin["printed"][0]["passages"][0]["words"] > 5
    passage = copies["copies"][0]["passages"][0]
    assert len(passage["here"]["text"]) == passage["here"]["end"] - passage["here"]["start"]
    assert passage["here"]["text"][:40] == passage["there"]["text"][:40]


def test_what_people_decided_is_told(place: Path, tools: dict[str, Any]) -> None:
    """An accepted claim says so; the rest that the machine read says that nobody looked."""
    hits = tools["search"].call({"query": "terbakar", "limit": MOST})
    reviews = [one["review"] for hit in hits["hits"] for one in tools["article"].call({"id": hit["article"]["id"]})["claims"]]
    assert reviews.count("accepted") == 1
    assert set(reviews) == {"accepted", "machine"}


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search", {}, "'query' is missing"),
        ("search", {"query": "a", "size": 3}, "no argument 'size'"),
        ("search", {"query": 3}, "not a string"),
        ("search", {"query": "a", "limit": MOST + 1}, f"from 1 to {MOST}"),
        ("search", {"query": "a", "limit": True}, "not a integer"),
        ("search", {"query": "a" * 3000}, "are the most"),
        ("get_record", {"id": "zz"}, "no id"),
        ("article", {"id": "0" * 24}, "no article has"),
        ("trace_claim", {"claim": "bulan runtuh di atas pasar malam kemarin"}, "nothing was traced"),
        ("compare_copies", {"article": "0" * 24}, "no article"),
        ("timeline", {"from": "soon"}, "date"),
    ],
)
def test_a_bad_question_is_answered_in_words(tools: dict[str, Any], tool: str, arguments: dict[str, Any], told: str) -> None:
    """What is wrong, and what to do: a model can act on it."""
    with pytest.raises(BadRequest, match=told):
        tools[tool].call(arguments)
    (answer,) = answers(_message("tools/call", {"name": tool, "arguments": arguments}), tools)
    assert answer["result"]["isError"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", -32700),
        (b"[]", -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "resources/list"}', -32601),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "burn"}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", "arguments": []}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"_meta": {"io.modelcontextprotocol/protocolVersion": "2099-01-01"}}}', -32022),
        (b'{"jsonrpc": "2.0", "id": 1, "x": "' + b"a" * 4_100_000 + b'"}', -32600),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_broken_message_costs_itself(tools: dict[str, Any], line: bytes, code: int) -> None:
    """An error in its place, and the next message is answered."""
    if code == -32602 and b"[]" in line:
        line = line.replace(b"[]", b'["a"]')
    out = BytesIO()
    serve(BytesIO(line + b"\n" + _message("ping", {}, 7) + b"\n"), out, tools)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["error"]["code"] == code
    assert second == {"jsonrpc": "2.0", "id": 7, "result": {}}


def test_the_first_word_comes_before_anything_heavy() -> None:
    """Programs give up on what starts slowly: nothing is loaded to say what can be asked."""
    code = (
        "import sys; from telusur.mcp.tools import make_tools; from telusur.mcp.protocol import answers;"
        "list(answers(b'{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}', make_tools(None)));"
        "print([m for m in ('sqlalchemy', 'numpy', 'lxml', 'telusur.answers', 'telusur.archive') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_an_archive_that_is_not_there(tmp_path: Path) -> None:
    """Is told at once, in words, with the exit status of archives."""
    command = [sys.executable, "-m", "telusur", "mcp", "--archive", str(tmp_path / "nothing.db")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=120)
    assert ended.returncode == 4
    assert "telusur add" in ended.stderr


def test_a_client_that_asks_first_is_told_all_versions(tools: dict[str, Any]) -> None:
    (answer,) = answers(_message("server/discover", {"_meta": {NAMED: WITHOUT[0]}}), tools)
    told = answer["result"]
    assert told["supportedVersions"] == [*WITH_HANDSHAKE, *WITHOUT]
    assert (told["resultType"], told["cacheScope"]) == ("complete", "private")
    (answer,) = answers(_message("initialize", {"protocolVersion": "2024-11-05"}), tools)
    assert answer["result"]["protocolVersion"] == "2024-11-05"


def test_notifications_are_not_answered(tools: dict[str, Any]) -> None:
    assert list(answers(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}', tools)) == []
    assert list(answers(b'{"jsonrpc": "2.0", "id": 3, "result": {}}', tools)) == []


def _message(method: str, parameters: dict[str, Any], id: int = 1) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": parameters}).encode()


def _called(place: Path, name: str, arguments: dict[str, Any]) -> Iterator[str]:
    with open_archive(place) as archive:
        for answer in answers(_message("tools/call", {"name": name, "arguments": arguments}), make_tools(lambda: archive)):
            yield answer["result"]["content"][0]["text"]
