"""The query language: what is understood, what is refused, and what never gets through."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from telusur.errors import BadRequest
from telusur.search.query import LONGEST, And, Field, Node, Not, Or, Text, Words, parse


def word(*stems: str) -> Text:
    return Text((Words(stems),))


@pytest.mark.parametrize(
    ("query", "tree", "why"),
    [
        ("kebanjiran", word("banjir"), "a word is a stem"),
        ("banjir rumah", And((word("banjir"), word("rumah"))), "words side by side must all hold"),
        ('"gencatan senjata"', word("gencat", "senjata"), "a phrase keeps its order"),
        ("banjir OR longsor", Or((word("banjir"), word("longsor"))), "or"),
        ("banjir ATAU longsor", Or((word("banjir"), word("longsor"))), "Indonesian for or"),
        ("banjir -rumah", And((word("banjir"), Not(word("rumah")))), "a minus denies"),
        ("banjir BUKAN rumah", And((word("banjir"), Not(word("rumah")))), "Indonesian for not"),
        ("a OR b c", Or((word("a"), And((word("b"), word("c"))))), "and binds more than or"),
        ("(a OR b) c", And((Or((word("a"), word("b"))), word("c"))), "parentheses"),
        ("bangun*", Text((Words(("bangun",), True),)), "a beginning"),
        ("menyata*", Text((Words(("menyata",), True), Words(("nyata",), True))), "a beginning of a word, or of its stem"),
        ("and or not", And((word("and"), word("or"), word("not"))), "small letters are words"),
        ("Al-Qaeda", word("al", "qaeda"), "what a hyphen joins is a phrase"),
        ("https://kabar.example/a", word("https", "kabar", "example", "a"), "an address is no field"),
        ("katanya: begini", And((word("kata"), word("begini"))), "nor is a word with a colon"),
        ("who:Allawi", Field("who", ("Allawi",)), "a field"),
        ('siapa:"Ayad Allawi"', Field("who", ("Ayad Allawi",)), "its Indonesian name"),
        ("type:assault,Controls", Field("type", ("ASSAULT", "controls")), "one of several values"),
        ("where:(Mosul OR Raqqa)", Field("where", ("Mosul", "Raqqa")), "the same in parentheses"),
        ("kepastian:mungkin", Field("certainty", ("possible",)), "values have Indonesian names too, those of the screen"),
        ("review:ditolak", Field("review", ("rejected",)), "what people decided is a field"),
        ("from:2017-03", Field("from", day=736389), "a month begins with its first day"),
        ("to:2017-03", Field("to", day=736420), "and ends before the next one's"),
        ("to:2016-12", Field("to", day=736330), "also at the end of a year"),
        ("since:2017-03 until:2017-03", And((Field("from", day=736389), Field("to", day=736420))), "since and until, as English has it"),
        ("type:talks", Field("type", ("CONSULT",)), "a type by the word that pages show"),
        ("jenis:kerja-sama", Field("type", ("COOPERATE",)), "also in Indonesian, two words joined"),
        ('jenis:"kerja sama"', Field("type", ("COOPERATE",)), "or in quotation marks"),
        ("said:beraliansi", Field("said", words=(Words(("beraliansi",)),)), "said: takes words"),
        ("   ", None, "nothing is asked"),
    ],
)
def test_what_is_understood(query: str, tree: Node | None, why: str) -> None:
    assert parse(query) == tree, why


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ('"banjir', "quotation mark is open"),
        ("(banjir", "parenthesis is open"),
        ("banjir)", "closing parenthesis too many"),
        ("banjir OR", "where a word is due"),
        ("AND banjir", "both sides"),
        ("banjir NOT", "NOT stands at the end"),
        ("hwo:Allawi", "did you mean who:"),
        ("xyzzy:merah", "the fields are who:"),
        ("type:ASSAULTS", "did you mean ASSAULT"),
        ("type:perundingan", "a word of the type CONSULT"),
        ("certainty:sure", "it takes certain"),
        ("from:kemarin", "year-month-day"),
        ("from:2017-02-30", "cannot read the date"),
        ("who:", "has no value"),
        ("who: Allawi)", "closing parenthesis too many"),
        ("b*", "too short"),
        ("!!! ???", "only marks"),
        ("a" * (LONGEST + 1), "are the most"),
        ("a " * 100, "more than"),
        ("(" * 500 + "a" + ")" * 500, "deep"),
        ("NOT " * 300 + "a", "too often"),
    ],
)
def test_what_is_refused_says_what_to_do(query: str, told: str) -> None:
    with pytest.raises(BadRequest, match="nothing was searched") as refused:
        parse(query)
    assert told in str(refused.value)


PARTS = st.sampled_from(
    ['"', "(", ")", "*", "-", ":", "AND ", "OR ", "NOT ", "NEAR(", "who:", "said:", "from:2017 ", "'", ";", "--", "DROP TABLE articles", "^", "{", "}", "\0", "a", "banjir ", "\ud800", "\\", "&", "|", "!", "<->", "¶"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PARTS, max_size=14).map("".join), st.text(max_size=40)))
@example("who:' OR 1=1 --")
@example("㋌ ℃")
def test_any_query_is_a_tree_or_refused(query: str) -> None:
    """And in a tree, words are stems: letters and digits alone."""
    try:
        tree = parse(query)
    except BadRequest:
        return
    for found in words_of(tree):
        assert found.stems
        assert all(stem.isalnum() and stem == stem.casefold() for stem in found.stems)


def words_of(node: Node | None) -> list[Words]:
    if isinstance(node, Text):
        return list(node.either)
    if isinstance(node, Field):
        return list(node.words)
    if isinstance(node, Not):
        return words_of(node.inner)
    return [found for part in node.parts for found in words_of(part)] if node is not None else []
