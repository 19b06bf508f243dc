"""Goes on with the heads of syntax alone, on what the finished encoder sees.

    python -m training.syntax training/cache/all.pt

The encoder stays as it is, its weights rounded as they ship, so that no other layer of the record changes; its hidden
states of all treebank sentences are made once. One sentence in ten is kept out and says when to stop.
"""

from __future__ import annotations

import argparse
import copy
import random
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from telusur.analyse.pieces import Pieces

from .network import Network, grid, heads_loss, read_network
from .rounding import matrices, rounded
from .train import BATCH, CACHE, batches
from .treebanks import Tree, trees
from .vocabulary import read_table

PATIENCE = 4
"""Rounds without a better loss on the sentences kept out, after which it ends."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Sentences of one batch and what the encoder sees of them: (layers, sentences, 1 + words, hidden), the root's first."""

    trees: list[Tree]
    states: Tensor


def see(network: Network, forest: list[Tree], rng: random.Random) -> list[Seen]:
    out = []
    with torch.no_grad():
        for batch in batches(forest, BATCH, rng):
            ids, first = grid([t.ids for t in batch], Pieces.pad), grid([(0, *t.first) for t in batch], 0)
            out.append(Seen(batch, network.mixed(ids, ids != Pieces.pad, first)))
    return out


def learn(network: Network, taught: list[Seen], kept: list[Seen], rate: float, rounds: int, rng: random.Random) -> dict[str, Tensor]:
    """The heads' best state by the loss on ``kept``."""
    optimiser = torch.optim.AdamW(network.syntax.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    best, least, worse = copy.deepcopy(network.syntax.state_dict()), measure(network, kept), 0
    print(f"before: {least:.4f}", flush=True)
    for n in range(rounds):
        network.syntax.train()
        for seen in rng.sample(taught, len(taught)):
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(heads_loss(network, seen.trees, seen.states).values())).sum().backward()
            optimiser.step()
        now = measure(network, kept)
        print(f"round {n + 1}: {now:.4f}", flush=True)
        worse = 0 if now < least else worse + 1
        if now < least:
            best, least = copy.deepcopy(network.syntax.state_dict()), now
        if worse == PATIENCE:
            break
    return best


def measure(network: Network, kept: list[Seen]) -> float:
    """Mean loss a batch."""
    network.syntax.eval()
    with torch.no_grad():
        return sum(float(torch.stack(list(heads_loss(network, s.trees, s.states).values())).sum()) for s in kept) / len(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, help="rewritten with the better heads")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    network = read_network(options.weights, CACHE)
    for weight in matrices(network):
        weight.data = rounded(weight.data)
    forest = trees(options.shared, Pieces(read_table(CACHE / "pieces.tsv")))
    rng.shuffle(forest)
    kept, taught = forest[: len(forest) // 10], forest[len(forest) // 10 :]
    best = learn(network, see(network, taught, rng), see(network, kept, rng), options.rate, options.rounds, rng)
    torch.save(torch.load(options.weights) | {f"syntax.{k}": v for k, v in best.items()}, options.weights)
    print(f"wrote {options.weights}")


if __name__ == "__main__":
    main()
