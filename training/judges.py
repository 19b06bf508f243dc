"""Fits the two networks that judge events by the encoder's states (`telusur.extract.judges`), for both tiers.

    python -m training.judges --out src/telusur/data/models/reader/judges.npz

The encoder stays as it is: what it makes of each article is kept, and the networks learn on that in a minute. They learn what the tables
of ``training.judgement`` leave open: the tables' log odds stand beside them, unmoved. Taught by ``gold/train`` and by our own readings that
were made beside gold ones, less those that are kept from the weights (`data.held_out`), on which they are measured.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from telusur.extract.casting import MARKS, ROLES
from telusur.extract.judges import FARTHEST, SENTENCES, Laid
from telusur.model.claim import CLAIM_TYPES
from telusur.model.signals import States

from .cases import Arrays, Cases, all_cases
from .judgement import TIERS
from .trigger_tables import CACHE

OUT = Path(__file__).parents[1] / "src/telusur/data/models/reader/judges.npz"
WIDTH = {"events": 128, "parts": 128}
DROPPED = {"events": 0.5, "parts": 0.5}
EPOCHS = {"events": 12, "parts": 10}
BATCH = {"events": 768, "parts": 512}
RATE, DECAY = 2e-3, 0.02
_HIDDEN = 384


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
    marks: int = 0
    """How many things may be said in plain words of what it is asked about."""


EVENTS = Shape("events", ("word", "around", "sentence"), "number", SENTENCES, "type", len(CLAIM_TYPES), False)
PARTS = Shape("parts", ("trigger", "who", "between"), "away", 2 * FARTHEST + 1, "role", len(ROLES), True, len(MARKS))


class Judge(nn.Module):
    """A network as `extract.judges` computes it; `weights` gives what it needs."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape, width = shape, WIDTH[shape.name]
        self.state = nn.ModuleDict({name: nn.Linear(_HIDDEN, width, bias=name == shape.states[0]) for name in shape.states})
        self.place = nn.Embedding(shape.places, width)
        self.marks = nn.EmbeddingBag(shape.marks, width, mode="sum") if shape.marks else None
        self.norm, self.hidden, self.out = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, shape.answers)
        for table in (self.place, self.marks, self.out):
            if table is not None:
                nn.init.zeros_(table.weight)

    def forward(self, given: Mapping[str, Tensor]) -> Tensor:
        """Log odds by case, the tables' among them."""
        z = self.place(given[self.shape.place])
        for name, linear in self.state.items():
            z = z + linear(self._dropped(given[name]))
        z = self.norm(z if self.marks is None else z + self.marks(given["marks"]))
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
        if self.marks is not None:
            out[f"{network} marks"] = _array(self.marks.weight)
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
    """Questions of many articles as tensors; states with mean 0 and spread 1 by ``mean`` and ``spread``."""

    def __init__(self, articles: Sequence[Cases], shape: Shape, scale: tuple[Tensor, Tensor] | None = None) -> None:
        rows: dict[str, list[npt.NDArray[np.float32 | np.float16]]] = {}
        for article in articles:
            for name, values in _stated(article, shape).items():
                rows.setdefault(name, []).append(values)
        joined = {name: torch.tensor(np.concatenate(values)) for name, values in rows.items()}
        first = joined[shape.states[0]].float()
        self.mean, self.spread = scale or (first.mean(0), first.std(0) + 1e-3)
        self.right, self.weight = joined.pop("right").float(), joined.pop("weight").float()
        self.states = {name: joined.pop(name) for name in shape.states}
        self.given = {name: values.float() if values.is_floating_point() else values.long() for name, values in joined.items()}

    def rows(self, at: Tensor) -> dict[str, Tensor]:
        return {n: v[at] for n, v in self.given.items()} | {n: (v[at].float() - self.mean) / self.spread for n, v in self.states.items()}


def _stated(article: Cases, shape: Shape) -> Arrays:
    """An article's questions with the states of the words that they are about, in half precision."""
    questions = article.of(shape.name)
    if not questions:
        return {}
    laid = Laid(States((), article.states.astype(np.float32), {}))
    words = {n: laid.rows[questions[n]] if questions[n].ndim == 1 else laid.mean(questions[n]) for n in shape.states}
    weight = np.full(len(questions["right"]), article.weight)
    return questions | {name: rows.astype(np.float16) for name, rows in words.items()} | {"weight": weight}


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--readings", type=Path, default=CACHE / "readings")
    parser.add_argument("--model", help="another model's folder")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cases", type=Path, help="keep what the encoder makes of the articles in this folder, or take it from there")
    parser.add_argument("--tier", choices=TIERS, help="fit the networks of this tier alone; the others stay as --out has them")
    parser.add_argument("--only", choices=("events", "parts"), help="fit this network alone; the other stays as --out has it")
    options = parser.parse_args()
    made = _kept(options.out) if options.tier or options.only else {}
    for tier in [options.tier] if options.tier else TIERS:
        found = all_cases(options.shared, options.readings, tier, model=options.model, processes=options.processes, folder=options.cases)
        for shape in (EVENTS, PARTS):
            if options.only not in (None, shape.name):
                continue
            torch.manual_seed(options.seed)
            name, network = shape.name, Judge(shape)
            taught = Asked(found["taught"], shape)
            fit(network, taught, options.seed)
            made |= {f"{tier} {key}": value.astype(np.float16) for key, value in network.weights(taught.mean, taught.spread).items()}
            for where in ("kept readings", "dev"):
                asked = Asked(found[where], shape, (taught.mean, taught.spread))
                wanted = sum(one.claims for one in found[where]) if name == "events" else float(asked.right.sum())
                (loss, f1), (loss_before, f1_before) = measured(network, asked, wanted), measured(None, asked, wanted)
                print(f"{tier} {name}, {where}: log loss {loss_before:.4f} -> {loss:.4f}, best F1 {f1_before:.1f} -> {f1:.1f} ({len(taught.right)} cases taught)", flush=True)
    np.savez_compressed(options.out, **made)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")


def _kept(path: Path) -> Arrays:
    with np.load(path) as kept:
        return {name: kept[name] for name in kept.files}


if __name__ == "__main__":
    main()
