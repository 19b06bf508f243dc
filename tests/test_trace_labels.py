"""The labels of copies and of independent sources: well formed, consistent, and of the very texts in the shared data."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.labels.copies.agreement import adjusted_rand, b_cubed, kappa
from benchmarks.labels.copies.labelled import (
    HALVES,
    Pair,
    Ref,
    fourth,
    groups,
    pairs,
    rows,
    second,
    texts,
    third,
)
from benchmarks.labels.independence.agreement import Numbers, claims

sys.path.pop(0)

LABELS = Path(__file__).parent.parent / "benchmarks" / "labels"
KINDS = {"verbatim", "abridged", "extended", "rewritten", "partial", "none-quotation", "none-template"} | {
    "none-boilerplate", "none-same-event", "none"
}  # fmt: skip


def sentences(name: str = "sentences.tsv") -> list[tuple[str, Ref, int, int]]:
    """Claim, article, start and end of each sentence that tells it."""
    return [
        (row["claim"], Ref(row["dataset"], row["id"], row["sha256"]), int(row["start"]), int(row["end"]))
        for row in rows(LABELS / "independence" / name)
    ]


def test_kappa_of_a_known_table() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: alike 0.7, by chance 0.5."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert kappa(first, second) == pytest.approx(0.4)
    assert kappa(first, first) == 1


def test_b_cubed_of_a_known_grouping() -> None:
    """{1 2 3} {4} against {1 2} {3 4}: precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (1 + 1 + 1/2 + 1/2) / 4."""
    precision, recall = 2 / 3, 3 / 4
    assert b_cubed(["a", "a", "a", "b"], ["x", "x", "y", "y"]) == pytest.approx(2 * precision * recall / (precision + recall))
    assert b_cubed(["a", "a", "b"], ["x", "x", "y"]) == 1


def test_adjusted_rand_of_a_known_grouping() -> None:
    """{1 2 3} {4} against {1 2} {3 4}: one pair in both, three and two in each, of six: chance is 1."""
    assert adjusted_rand(["a", "a", "a", "b"], ["x", "x", "y", "y"]) == pytest.approx(0)
    assert adjusted_rand(["a", "a", "b"], ["x", "x", "y"]) == 1


def test_pairs_say_a_kind_of_the_guide_and_a_direction_only_where_text_was_taken() -> None:
    assert len(pairs()) >= 150
    labelled = pairs() + second() + third() + fourth() + pairs(LABELS / "copies" / "read-once.tsv")
    assert len({p.name for p in labelled}) == len(labelled)
    for pair in labelled:
        for reading in filter(None, (pair.settled, pair.first, pair.second)):
            assert reading.kind in KINDS, pair
            assert reading.direction in ({"-"} if reading.family == "no" else {"a>b", "b>a", "common", "?"}), pair
        assert pair.note
        assert pair.a.id != pair.b.id
    assert Counter(p.settled.family for p in labelled).keys() == {"yes", "partial", "no"}


@pytest.mark.parametrize("name", ["pairs.tsv", "pairs-second.tsv", "pairs-third.tsv", "pairs-fourth.tsv", "read-once.tsv"])
def test_family_column_follows_from_the_kind(name: str) -> None:
    by_name = {row["pair"]: row["family"] for row in rows(LABELS / "copies" / name)}
    assert by_name == {p.name: p.settled.family for p in pairs(LABELS / "copies" / name)}


@pytest.mark.parametrize(("later", "earlier"), [(second, lambda: []), (third, second)])
def test_later_sets_are_in_two_halves_and_share_no_article_with_another_table(later: Callable[..., list[Pair]], earlier: Callable[[], list[Pair]]) -> None:
    """What was looked at for causes and what was only counted stay apart, and neither was seen before."""
    first, last = (later(half) for half in HALVES)
    assert first + last == later()
    assert len(first) == len(last) >= 60
    own = [ref.id for p in later() for ref in (p.a, p.b)]
    assert len(set(own)) == len(own)
    others = {ref.id for p in pairs() + earlier() + pairs(LABELS / "copies" / "read-once.tsv") for ref in (p.a, p.b)} | {p.ref.id for p in groups()}
    assert not others & set(own)
    assert sum(p.second is not None for p in later()) >= 60


def test_the_fourth_set_is_of_pairs_that_no_other_table_holds() -> None:
    """Of two outlets there are few that share much, so that one of two articles may stand in another table, with another partner."""
    own = [ref.id for p in fourth() for ref in (p.a, p.b)]
    assert len(fourth()) >= 140
    assert len(set(own)) == len(own)
    assert all(p.second is not None for p in fourth())
    earlier = pairs() + second() + third() + pairs(LABELS / "copies" / "read-once.tsv")
    others = {ref.id for p in earlier for ref in (p.a, p.b)} | {p.ref.id for p in groups()}
    assert not [p.name for p in fourth() if {p.a.id, p.b.id} <= others]


def test_no_article_is_in_two_groups_and_a_family_is_within_its_wide_family() -> None:
    placed = groups()
    assert len({p.ref.id for p in placed}) == len(placed)
    wide = defaultdict(set)
    for p in placed:
        wide[p.family].add(p.wide)
    assert [family for family, names in wide.items() if len(names) > 1] == []


def test_pairs_and_groups_say_the_same() -> None:
    family = {p.ref.id: p.family for p in groups()}
    wide = {p.ref.id: p.wide for p in groups()}
    inside = [p for p in pairs() if p.a.id in family and p.b.id in family]
    assert inside
    for pair in inside:
        assert (pair.settled.family == "yes") == (family[pair.a.id] == family[pair.b.id]), pair
        if pair.settled.family == "partial":
            assert wide[pair.a.id] == wide[pair.b.id], pair


@pytest.mark.parametrize("end", [".tsv", "-second.tsv", "-third.tsv"])
def test_numbers_of_sources_are_in_order_and_each_claim_is_told_twice_at_least(end: str) -> None:
    tellers = Counter(claim for claim, _, _, _ in sentences(f"sentences{end}"))
    labelled = claims(LABELS / "independence" / f"claims{end}")
    assert len(labelled) >= 40
    assert tellers.keys() == {c.name for c in labelled}
    for claim in labelled:
        for said in filter(None, (claim.settled, claim.first, claim.second)):
            assert isinstance(said, Numbers)
            assert 1 <= said.lowest <= said.best <= said.highest <= tellers[claim.name] + 3
        assert claim.why
        assert tellers[claim.name] >= 2


def test_what_was_read_once_is_apart_from_what_is_measured() -> None:
    """Thresholds set on the ones must not have seen the others."""
    measured = {ref.id for p in pairs() for ref in (p.a, p.b)} | {p.ref.id for p in groups()}
    assert not measured & {ref.id for p in pairs(LABELS / "copies" / "read-once.tsv") for ref in (p.a, p.b)}
    first, second_set, third_set, once = ({(ref.id, start) for _, ref, start, _ in sentences(f"sentences{end}")} for end in (".tsv", "-second.tsv", "-third.tsv", "-read-once.tsv"))
    assert not {id for id, _ in first} & {id for id, _ in once}
    assert not second_set & (first | once)
    assert not {id for id, _ in third_set} & {id for id, _ in first | second_set | once}
    assert len({id for id, _ in second_set} & {id for id, _ in first | once}) <= 2  # of one claim on a road, beside claims of other sentences


def test_labels_are_of_the_texts_in_the_shared_data(shared: Path) -> None:
    spans = sentences() + sentences("sentences-second.tsv") + sentences("sentences-third.tsv") + sentences("sentences-read-once.tsv")
    more = second() + third() + fourth() + pairs(LABELS / "copies" / "read-once.tsv")
    refs = [ref for p in pairs() + more for ref in (p.a, p.b)] + [p.ref for p in groups()] + [ref for _, ref, _, _ in spans]
    found = texts(refs, shared)
    for claim, ref, start, end in spans:
        told = found[ref.id][start:end]
        assert told.strip(), (claim, ref)
        assert not told[0].isalpha() or any(letter.isupper() for letter in told.split()[0]), (claim, ref, told[:40])


def test_a_text_that_is_not_the_labelled_one_is_refused(shared: Path) -> None:
    refs = [ref for pair in pairs() for ref in (pair.a, pair.b)]
    ref = min(refs, key=lambda one: (shared / "data" / one.dataset / "articles.jsonl.gz").stat().st_size)
    with pytest.raises(LookupError, match="not the one that was labelled"):
        texts([Ref(ref.dataset, ref.id, "0" * 64)], shared)
    with pytest.raises(LookupError, match="has no article"):
        texts([Ref(ref.dataset, "nothing-here", "0" * 64)], shared)
