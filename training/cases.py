"""What the judges are asked on the articles that teach them (`telusur.extract.judges`), with the answers.

Comes in: articles read by hand. Goes out: for each, the states that the model has of its words, and every question, by the numbers of
the words that it is about.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from telusur.extract import frames as weighing
from telusur.extract.casting import ROLES, marks_of
from telusur.extract.casting import signs_of as casting_signs
from telusur.extract.drafts import Draft
from telusur.extract.judges import Places
from telusur.extract.logistic import chance_of, odds
from telusur.extract.tiers import tables_of
from telusur.model.claim import CLAIM_TYPES
from telusur.model.signals import Tier

from .data import held_out, read_gold
from .judgement import Seen, claim_of, is_part, see, tier_alone
from .readings import LOOSE, NOT_BY_HAND

Json = dict[str, Any]
Arrays = dict[str, npt.NDArray[Any]]
OF_GOLD = 3.0
"""How much a case of a gold article weighs beside one of our own readings: their readers are of one mind in three claims of four."""
_SUREST = 1e-4


@dataclass(frozen=True, slots=True)
class Cases:
    """One article. ``events`` and ``parts``: arrays by name, one row a question; words by their number, stretches of words (questions, 2).

    ``states``: of all words (words, hidden), in half precision. ``claims``: how many there are to be found. ``weight``: of each question.
    """

    states: npt.NDArray[np.float16]
    events: Arrays
    parts: Arrays
    claims: int
    weight: float

    def of(self, judge: Literal["events", "parts"]) -> Arrays:
        return self.events if judge == "events" else self.parts


def cases_of(gold: Json, tier: Tier, folder: str | None = None) -> Cases | None:
    """The cases of one article; None where nothing in it may be a claim."""
    model = tier_alone(folder, tier)
    seen = see(gold, model)
    if seen.states is None:
        raise ValueError("the model tells no states: export it anew (training.export)")
    tables = tables_of(tier)
    found = list(weighing.pairs(seen.setting.reading, seen.drafts, seen.worded))
    if not found:
        return None
    places = Places(seen.states.starts, seen.setting.reading)
    word, around, sentence, number = places.events([draft.first for draft, _ in found])
    events: Arrays = {
        "word": word, "around": around, "sentence": sentence, "number": number,
        "type": np.array([CLAIM_TYPES.index(draft.type) for draft, _ in found]),
        "table": np.array([odds(chance_of(tables[0], signs), _SUREST) for _, signs in found]),
        "right": np.array([claim_of(seen, draft) is not None for draft, _ in found]),
    }  # fmt: skip
    return Cases(
        states=seen.states.rows.astype(np.float16),
        events=events,
        parts=_parts(seen, places, [draft for draft, _ in found], tables[1]),
        claims=sum(claim["type"] not in weighing.OFFICES for claim in gold["claims"]),
        weight=OF_GOLD if gold.get(NOT_BY_HAND, True) else 1.0,
    )


def _parts(seen: Seen, places: Places, found: list[Draft], table: str) -> Arrays:
    """Who may take part in each event that was read by hand."""
    rows: dict[str, list[npt.NDArray[Any]]] = {}
    for casting, draft in seen.setting.castings(found, seen.frames):
        claim = claim_of(seen, draft)
        if claim is None:
            continue
        told = list(casting_signs(casting))
        if not told:
            continue
        trigger, who, between, away = places.parts([casting.first] * len(told), [candidate.span for candidate, _, _ in told])
        made = {
            "trigger": trigger, "who": who, "between": between, "away": away,
            "marks": np.array([marks_of(casting, candidate) for candidate, _, _ in told]),
            "role": np.array([ROLES.index(role) for _, role, _ in told]),
            "table": np.array([odds(chance_of(table, signs), _SUREST) for _, _, signs in told]),
            "right": np.array([is_part(seen, claim, candidate, role) for candidate, role, _ in told]),
        }  # fmt: skip
        for name, values in made.items():
            rows.setdefault(name, []).append(values)
    return {name: np.concatenate(values) for name, values in rows.items()}


def teaching(shared: Path, readings: Path) -> Iterator[tuple[str, dict[str, Json]]]:
    """What teaches, and what is measured on: by the name of the set."""
    ours = {name: reading for name, reading in read_gold(readings).items() if not reading.get(LOOSE)}
    yield "taught", read_gold(shared / "gold/train") | {name: one for name, one in ours.items() if not held_out(name)}
    yield "kept readings", {name: one for name, one in ours.items() if held_out(name)}
    yield "dev", read_gold(shared / "gold/dev")


def gathered(golds: Iterable[Json], tier: Tier, model: str | None, processes: int) -> list[Cases]:
    with ProcessPoolExecutor(processes) as pool:
        return [found for found in pool.map(partial(cases_of, tier=tier, folder=model), golds, chunksize=16) if found is not None]


def all_cases(shared: Path, readings: Path, tier: Tier, *, model: str | None = None, processes: int = 1, folder: Path | None = None) -> dict[str, list[Cases]]:
    """By the name of the set; kept in ``folder``, or taken from there."""
    out: dict[str, list[Cases]] = {}
    for name, golds in teaching(shared, readings):
        at = folder / f"{name.replace(' ', '-')}-{tier}.pickle" if folder else None
        if at is not None and at.exists():
            out[name] = pickle.loads(at.read_bytes())
            continue
        out[name] = gathered(golds.values(), tier, model, processes)
        if at is not None:
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(pickle.dumps(out[name]))
    return out
