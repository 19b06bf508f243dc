"""The fast tier: an exit half-way up the encoder.

    python -m training.fast training/cache/all.pt --out training/cache/fast.pt

The lowest layers are the accurate tier's own; on them stand a few layers and heads that learn what the whole network
tells of raw news. One file holds both tiers, and what it takes more than one of them is those few layers.
What the network sees of the news is made once; then the few layers learn from it as often as there is time for.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from telusur.analyse.pieces import Pieces

from .distil import heads_lesson
from .network import Heads, Layer, Network, Progress, grid, read_network
from .rawtext import plain_windows
from .rounding import matrices, rounded, rounded_weights
from .shipped import state_of
from .train import BATCH, CACHE, batches, half_precision
from .vocabulary import read_table

SHARED_LAYERS, OWN_LAYERS = 4, 3
INNER = 1536
"""Width of the own layers between their two products: the encoder's."""


class Exit(Heads):
    """Layers and heads of the fast tier, which stand on the encoder's ``SHARED_LAYERS`` lowest layers."""

    def __init__(self, own: int = OWN_LAYERS, hidden: int = 384, heads: int = 12, inner: int = INNER) -> None:
        super().__init__(("gold",), hidden)
        self.layers = nn.ModuleList(Layer(hidden, heads, inner) for _ in range(own))

    def forward(self, h: Tensor, bias: Tensor | None) -> Tensor:
        for layer in self.layers:
            h = layer(h, bias)
        return h


def state_of_exit(network: Network) -> dict[str, Tensor]:
    """What an exit begins with: the network's heads, and as its own layers one further up and the last."""
    last = len(network.encoder.layers) - 1
    at = [round(SHARED_LAYERS + (i + 1) * (last - SHARED_LAYERS) / OWN_LAYERS) for i in range(OWN_LAYERS)]
    own = {f"layers.{i}.{k}": v for i, n in enumerate(at) for k, v in network.encoder.layers[n].state_dict().items()}
    return network.state_dict() | own


def exit_from(state: dict[str, Tensor], inner: int = INNER) -> Exit:
    """An exit of these weights; of layers that are wider the units stay that say most: by the size of what goes in and what comes out."""
    own = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    made = Exit(own, inner=inner)
    state = {k: v for k, v in state.items() if k in made.state_dict()}
    for i in range(own):
        widen, bias, narrow = (f"layers.{i}.{name}" for name in ("widen.weight", "widen.bias", "narrow.weight"))
        says = state[widen].norm(dim=1) * state[narrow].norm(dim=0)
        stay = says.topk(min(inner, len(says))).indices.sort().values
        state |= {widen: state[widen][stay], bias: state[bias][stay], narrow: state[narrow][:, stay]}
    made.load_state_dict(state)
    return made


def read_exit(weights: Path) -> Exit:
    """The exit of trained weights, as wide as they are."""
    return _as_wide(torch.load(weights))


def _as_wide(state: dict[str, Tensor]) -> Exit:
    return exit_from(state, len(state["layers.0.widen.bias"])).eval()


def read_shipped_exit(folder: Path) -> Exit:
    """The exit of the fast tier, which stands in the same file."""
    meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    state = state_of(folder, "fast.")
    state["near"] = np.array(meta["fast"]["near"], dtype=np.float32)
    return _as_wide({k: torch.tensor(np.ascontiguousarray(v)) for k, v in state.items()})


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of raw news, and where its words begin in them."""

    ids: tuple[int, ...]
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Seen(Window):
    """What the network sees of a window, in half precision."""

    low: Tensor
    """After the shared layers, (pieces, hidden)."""
    top: Tensor
    """After the last, at the first piece of each word, (words, hidden)."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Windows of like length, padded."""

    low: Tensor
    bias: Tensor
    at: Tensor
    top: Tensor
    present: Tensor

    @classmethod
    def of(cls, batch: Sequence[Seen]) -> Lesson:
        def padded(rows: list[Tensor]) -> Tensor:
            return nn.utils.rnn.pad_sequence(rows, batch_first=True).float()

        low, first = padded([s.low for s in batch]), grid([s.first for s in batch], 0)
        bias = grid([(1,) * len(s.ids) for s in batch], 0)[:, None, None, :] == 0
        present = grid([(1,) * len(s.first) for s in batch], 0).bool()
        return cls(low, bias.float() * -1e4, first[..., None].expand(-1, -1, low.shape[-1]), padded([s.top for s in batch]), present)


def see(network: Network, windows: Sequence[Window], rng: random.Random) -> Iterator[Seen]:
    """What the network sees of windows."""
    encoder = network.encoder
    for batch in batches(list(windows), BATCH, rng):
        ids, first = grid([w.ids for w in batch], Pieces.pad), grid([w.first for w in batch], 0)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=half_precision()):
            h = encoder.norm(encoder.pieces(ids) + encoder.positions[: ids.shape[1]])
            bias = (ids == Pieces.pad).to(h.dtype)[:, None, None, :] * -1e4
            low = h
            for n, layer in enumerate(encoder.layers):
                h = layer(h, bias)
                low = h if n == SHARED_LAYERS - 1 else low
            top = h.gather(1, first[..., None].expand(-1, -1, h.shape[-1]))
        for i, w in enumerate(batch):
            yield Seen(w.ids, w.first, low[i, : len(w.ids)].half(), top[i, : len(w.first)].half())


def learn(made: Exit, network: Network, steps: Sequence[Sequence[Seen]], rate: float) -> None:
    """Runs the lessons; the network stays as it is."""
    optimiser = torch.optim.AdamW(made.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    made.eval()  # nothing is dropped: the teacher's word is no noise
    progress, half = Progress(len(steps), 100), half_precision()
    for i, batch in enumerate(steps):
        done, given = i / len(steps), Lesson.of(batch)
        optimiser.param_groups[0]["lr"] = rate * min(1.0, done / 0.03) * (0.5 * (1 + math.cos(math.pi * done)) + 0.005)
        optimiser.zero_grad(set_to_none=True)
        with rounded_weights(made):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                mine = made(given.low, given.bias).gather(1, given.at)
            parts = heads_lesson(made, network, mine.float(), given.top, given.present)
            parts["state"] = 2.0 * ((mine - given.top)[given.present] ** 2).mean() / given.top[given.present].var()
            torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(made.parameters(), 1.0)
        optimiser.step()
        progress.told(i, parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--begin", type=Path, help="weights of an exit to go on with; its layers are narrowed where they are wider")
    parser.add_argument("--inner", type=int, default=INNER, help="width of the own layers between their two products")
    parser.add_argument("--windows", type=int, default=24000, help="of raw news; each takes 200 kB of memory")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=CACHE / "fast.pt")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    network = read_network(options.weights, CACHE).requires_grad_(False)
    for weight in matrices(network):
        weight.data = rounded(weight.data)
    windows = [Window(*w) for w in plain_windows(options.shared, Pieces(read_table(CACHE / "pieces.tsv")))]
    every = list(see(network, rng.sample(windows, min(options.windows, len(windows))), rng))
    print(f"{len(every)} windows", flush=True)
    asked: list[list[Seen]] = []
    while len(asked) < options.steps:
        asked += batches(every, BATCH, rng)
    made = exit_from(torch.load(options.begin) if options.begin else state_of_exit(network), options.inner)
    learn(made, network, list(islice(asked, options.steps)), options.rate)
    torch.save(made.state_dict(), options.out)
    print(f"wrote {options.out}")


if __name__ == "__main__":
    main()
