"""Fits the two networks that judge events by the encoder's states (`telusur.extract.judges`), for both tiers.

    python -m training.judges --out src/telusur/data/models/reader/judges.npz

The encoder stays as it is: what it makes of each article is kept, and the networks learn on that in a minute. They learn what the tables
of ``training.judgement`` leave open: the tables' log odds stand beside them, unmoved. Taught by ``gold/train`` and by our own readings that
were made beside gold ones, less those that are kept from the weights (`data.held_out`), on which they are measured.
"""

from __future__ import annotations

import argparse
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from telusur.analyse.encoder import Tier, load_model
from telusur.extract import frames as weighing
from telusur.extract.casting import ROLES
from telusur.extract.casting import signs_of as casting_signs
from telusur.extract.judges import FARTHEST, SENTENCES, Laid
from telusur.extract.logistic import chance_of, odds
from telusur.model.claim import CLAIM_TYPES

from .data import held_out, read_gold
from .judgement import TIERS, claim_of, is_part, see
from .readings import LOOSE, NOT_BY_HAND
from .trigger_tables import CACHE

Json = dict[str, Any]
Arrays = dict[str, npt.NDArray[Any]]
OUT = Path(__file__).parents[1] / "src/telusur/data/models/reader/judges.npz"
WIDTH = {"events": 128, "parts": 128}
DROPPED = {"events": 0.5, "parts": 0.5}
EPOCHS = {"events": 12, "parts": 10}
BATCH = {"events": 768, "parts": 512}
RATE, DECAY = 2e-3, 0.02
OF_GOLD = 3.0
"""How much a case of a gold article weighs beside one of our own readings: their readers are of one mind in three claims of four."""
_SUREST = 1e-4
_HIDDEN = 384


@dataclass(frozen=True, slots=True)
class Cases:
    """What the networks are asked, with the answers: arrays by name, one row a case. ``claims``: how many there are to be found."""

    events: Arrays
    parts: Arrays
    claims: int


def cases_of(gold: Json, tier: Tier, folder: str | None = None) -> Cases | None:
    """The cases of one article; None where nothing in it may be a claim."""
    model = load_model(folder, tier=tier)
    seen = see(gold, model)
    if seen.states is None:
        raise ValueError("the model tells no states: export it anew (training.export)")
    reading, (table, casting_table) = seen.setting.reading, weighing.tables_of(tier)
    found = list(weighing.pairs(reading, seen.drafts, seen.worded))
    if not found:
        return None
    laid = Laid(seen.states, reading)
    word, around, sentence, number = laid.events([draft.first for draft, _ in found])
    events: Arrays = {
        "word": word, "around": around, "sentence": sentence, "number": number,
        "type": np.array([CLAIM_TYPES.index(draft.type) for draft, _ in found]),
        "table": np.array([odds(chance_of(table, signs), _SUREST) for _, signs in found]),
        "right": np.array([claim_of(seen, draft) is not None for draft, _ in found]),
    }  # fmt: skip
    rows: dict[str, list[npt.NDArray[Any]]] = {}
    for casting, draft in seen.setting.castings([draft for draft, _ in found], seen.frames):
        claim = claim_of(seen, draft)
        if claim is None or not casting.framed:
            continue
        told = list(casting_signs(casting))
        if not told:
            continue
        trigger, who, between, away = laid.parts(casting.first, [candidate.span for candidate, _, _ in told])
        made = {
            "trigger": np.repeat(trigger[None], len(told), 0), "who": who, "between": between, "away": away,
            "role": np.array([ROLES.index(role) for _, role, _ in told]),
            "table": np.array([odds(chance_of(casting_table, signs), _SUREST) for _, _, signs in told]),
            "right": np.array([is_part(seen, claim, candidate, role) for candidate, role, _ in told]),
        }  # fmt: skip
        for name, values in made.items():
            rows.setdefault(name, []).append(values)
    parts = {name: np.concatenate(values) for name, values in rows.items()}
    for asked in (events, *([parts] if parts else [])):
        asked["weight"] = np.full(len(asked["right"]), OF_GOLD if gold.get(NOT_BY_HAND, True) else 1.0)
    claims = sum(claim["type"] not in weighing.OFFICES for claim in gold["claims"])
    return Cases(_smaller(events), _smaller(parts), claims)


def _smaller(arrays: Arrays) -> Arrays:
    """States in half precision: there are many."""
    return {name: values.astype(np.float16) if values.ndim > 1 else values for name, values in arrays.items()}


@dataclass(frozen=True, slots=True)
class Shape:
    """What one of the networks of `extract.judges` is given, and what it is asked."""

    name: Literal["events", "parts"]
    states: tuple[str, str, str]
    place: str
    """A number besides the states, with ``places`` values."""
    places: int
    asked: str
    """Which of its ``answers`` is meant."""
    answers: int
    bent: bool
    """Whether what is added up is bent once more before the hidden layer."""


EVENTS = Shape("events", ("word", "around", "sentence"), "number", SENTENCES, "type", len(CLAIM_TYPES), False)
PARTS = Shape("parts", ("trigger", "who", "between"), "away", 2 * FARTHEST + 1, "role", len(ROLES), True)


class Judge(nn.Module):
    """A network as `extract.judges` computes it; `weights` gives what it needs."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape, width = shape, WIDTH[shape.name]
        self.state = nn.ModuleDict({name: nn.Linear(_HIDDEN, width, bias=name == shape.states[0]) for name in shape.states})
        self.place = nn.Embedding(shape.places, width)
        self.norm, self.hidden, self.out = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, shape.answers)
        nn.init.zeros_(self.place.weight)
        nn.init.zeros_(self.out.weight)

    def forward(self, given: Mapping[str, Tensor]) -> Tensor:
        """Log odds by case, the tables' among them."""
        z = self.place(given[self.shape.place])
        for name, linear in self.state.items():
            z = z + linear(self._dropped(given[name]))
        z = self.norm(z)
        z = F.gelu(z, approximate="tanh") if self.shape.bent else z
        z = self._dropped(F.gelu(self.hidden(z), approximate="tanh"))
        told: Tensor = self.out(z).gather(1, given[self.shape.asked][:, None])[:, 0] + given["table"]
        return told

    def _dropped(self, x: Tensor) -> Tensor:
        return F.dropout(x, DROPPED[self.shape.name], self.training)

    def weights(self, mean: Tensor, spread: Tensor) -> Arrays:
        """By name, for states as they are, where it learnt on states of this mean and spread."""
        network, out = self.shape.name, Arrays()
        bias = torch.zeros(WIDTH[network])
        for name, linear in self.state.items():
            assert isinstance(linear, nn.Linear)
            out[f"{network} {name}"] = _array((linear.weight / spread).T)
            bias = bias - linear.weight @ (mean / spread) + (linear.bias if linear.bias is not None else 0.0)
        return out | {
            f"{network} bias": _array(bias), f"{network} {self.shape.place}": _array(self.place.weight),
            f"{network} norm": _array(self.norm.weight), f"{network} norm bias": _array(self.norm.bias),
            f"{network} hidden": _array(self.hidden.weight.T), f"{network} hidden bias": _array(self.hidden.bias),
            f"{network} out": _array(self.out.weight.T), f"{network} out bias": _array(self.out.bias),
        }  # fmt: skip


def _array(x: Tensor) -> npt.NDArray[np.float32]:
    out: npt.NDArray[np.float32] = x.detach().numpy().astype(np.float32)
    return out


class Asked:
    """Cases of many articles as tensors; states with mean 0 and spread 1 by ``mean`` and ``spread``."""

    def __init__(self, arrays: list[Arrays], states: Sequence[str], scale: tuple[Tensor, Tensor] | None = None) -> None:
        joined = {name: np.concatenate([one[name] for one in arrays if one]) for name in next(one for one in arrays if one)}
        first = torch.tensor(joined[states[0]].astype(np.float32))
        self.mean, self.spread = scale or (first.mean(0), first.std(0) + 1e-3)
        self.right = torch.tensor(joined.pop("right").astype(np.float32))
        self.weight = torch.tensor(joined.pop("weight").astype(np.float32))
        self.given = {n: torch.tensor(v.astype(np.float32) if v.dtype.kind == "f" else v.astype(np.int64)) for n, v in joined.items() if n not in states}
        self.states = {n: torch.tensor(joined[n]) for n in states}

    def rows(self, at: Tensor) -> dict[str, Tensor]:
        return {n: v[at] for n, v in self.given.items()} | {n: (v[at].float() - self.mean) / self.spread for n, v in self.states.items()}


def fit(network: Judge, asked: Asked, seed: int) -> None:
    torch.manual_seed(seed)
    name = network.shape.name
    size, batch = len(asked.right), BATCH[name]
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, EPOCHS[name] * (size // batch) + 1)
    network.train()
    for _ in range(EPOCHS[name]):
        order = torch.randperm(size)
        for start in range(0, size - batch + 1, batch):
            at = order[start : start + batch]
            loss = F.binary_cross_entropy_with_logits(network(asked.rows(at)), asked.right[at], asked.weight[at])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    network.eval()


@torch.no_grad()
def measured(network: Judge | None, asked: Asked, wanted: float) -> tuple[float, float]:
    """Mean log loss, and the best F1 that any threshold gives in points, with the network or with the tables alone."""
    size = len(asked.right)
    parts = torch.arange(size).split(4096)
    told = torch.cat([network(asked.rows(at)) for at in parts]) if network else asked.given["table"]
    loss = float(F.binary_cross_entropy_with_logits(told, asked.right))
    hits = asked.right[told.argsort(descending=True)].cumsum(0)
    return loss, float((200 * hits / (torch.arange(1, size + 1) + wanted)).max())


def gathered(golds: Iterable[Json], tier: Tier, folder: str | None, processes: int) -> list[Cases]:
    with ProcessPoolExecutor(processes) as pool:
        return [found for found in pool.map(partial(cases_of, tier=tier, folder=folder), golds, chunksize=16) if found is not None]


def _teaching(shared: Path, readings: Path) -> Iterator[tuple[str, dict[str, Json]]]:
    """What teaches, and what is measured on."""
    ours = {name: reading for name, reading in read_gold(readings).items() if not reading.get(LOOSE)}
    yield "taught", read_gold(shared / "gold/train") | {name: one for name, one in ours.items() if not held_out(name)}
    yield "kept readings", {name: one for name, one in ours.items() if held_out(name)}
    yield "dev", read_gold(shared / "gold/dev")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--readings", type=Path, default=CACHE / "readings")
    parser.add_argument("--model", help="another model's folder")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cases", type=Path, help="keep what the encoder makes of the articles in this folder, or take it from there")
    options = parser.parse_args()
    made: Arrays = {}
    for tier in TIERS:
        found = {name: _kept(options, name, golds, tier) for name, golds in _teaching(options.shared, options.readings)}
        for shape in (EVENTS, PARTS):
            torch.manual_seed(options.seed)
            name, network = shape.name, Judge(shape)
            taught = Asked([getattr(one, name) for one in found["taught"]], shape.states)
            fit(network, taught, options.seed)
            made |= {f"{tier} {key}": value.astype(np.float16) for key, value in network.weights(taught.mean, taught.spread).items()}
            for where in ("kept readings", "dev"):
                asked = Asked([getattr(one, name) for one in found[where]], shape.states, (taught.mean, taught.spread))
                wanted = sum(one.claims for one in found[where]) if name == "events" else float(asked.right.sum())
                (loss, f1), (loss_before, f1_before) = measured(network, asked, wanted), measured(None, asked, wanted)
                print(f"{tier} {name}, {where}: log loss {loss_before:.4f} -> {loss:.4f}, best F1 {f1_before:.1f} -> {f1:.1f} ({len(taught.right)} cases taught)", flush=True)
    np.savez_compressed(options.out, **made)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")


def _kept(options: argparse.Namespace, name: str, golds: dict[str, Json], tier: Tier) -> list[Cases]:
    if options.cases is None:
        return gathered(golds.values(), tier, options.model, options.processes)
    at = options.cases / f"{name.replace(' ', '-')}-{tier}.pickle"
    if at.exists():
        kept: list[Cases] = pickle.loads(at.read_bytes())
        return kept
    found = gathered(golds.values(), tier, options.model, options.processes)
    options.cases.mkdir(parents=True, exist_ok=True)
    at.write_bytes(pickle.dumps(found))
    return found


if __name__ == "__main__":
    main()
