"""What is packed comes back; dictionaries, once used, never change."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import record
from telusur.archive import packing

DICTIONARIES = {
    1: "94ec4350c93dc0fabbafe4cb2534ca5491ab2e88fbc2b03dd7baa3865d79402d",
    2: "eece309286d945ed8421b24734543521eb36d397e0211ddadf38634f4a1a5da9",
}
"""Archives were made with these: one that changes makes them unreadable. Another dictionary gets another number."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.fixed_dictionaries({}, optional={"text": st.text(max_size=9), "start": st.integers(-3, 50), "end": st.integers(-3, 50), "x": inner}),
    max_leaves=20,
)
"""Whatever JSON holds; an item's ``text`` is a string, as the format has it."""


def test_dictionaries_never_change() -> None:
    assert {n: hashlib.sha256(data).hexdigest() for n, data in packing.shipped().items()} == DICTIONARIES


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_a_text_comes_back(text: str) -> None:
    assert packing.unpack_text(packing.pack_text(text), packing.shipped()) == text


@given(st.dictionaries(st.text(max_size=5).filter(lambda key: key != "text"), JSON, max_size=5), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_record_comes_back(items: dict[str, Any], text: str) -> None:
    """Also where an item's words are not those of its place, or its place is none."""
    told = {"format": "telusur/1", **items, "text": text}
    back = packing.unpack_record(packing.pack_record(told), text, packing.shipped())
    assert json.dumps(back) == json.dumps(told)


def test_a_record_takes_less_than_plain_deflate_leaves() -> None:
    import zlib

    told = record(1)
    plain = zlib.compress(json.dumps(told).encode(), 9)
    assert len(packing.pack_record(told)) + len(packing.pack_text(told["text"])) < len(plain) * 0.75


@pytest.mark.parametrize("broken", [b"", b"\x09abc", b"\x00", b"\x01\xff\xff", packing.pack_text("kabar")[:-2]])
def test_what_is_no_packed_value_is_said(broken: bytes) -> None:
    with pytest.raises(ValueError, match="packed"):
        packing.unpack(broken, packing.shipped())
