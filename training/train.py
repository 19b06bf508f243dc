"""Second step: fine-tunes the encoder on all layers at once.

    python -m training.train names                     # public name corpora: training/cache/names.pt
    python -m training.train all  [--fold K] [--out F] # then gold: the shipped weights, or one of cross-validation

Deterministic for one seed and one number of threads. The shipped weights learn from gold/train alone; with
``--fold K`` they learn from dev and train together less the outlets of fold K, to be measured on those.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch

from telusur.analyse.pieces import Pieces

from .data import Example, fold_of, gold_examples, public_examples, read_gold
from .network import Network, collate, loss

CACHE = Path(__file__).parent / "cache"


def read_table() -> list[tuple[str, float]]:
    rows = (line.split("\t") for line in (CACHE / "pieces.tsv").read_text(encoding="utf-8").split("\n") if line)
    return [(piece, float(score)) for piece, score in rows]


def batches(examples: list[Example], tokens: int, rng: random.Random) -> Iterator[list[Example]]:
    """Examples of like length together, about ``tokens`` pieces a batch, in random order."""
    order = sorted(examples, key=lambda e: len(e.ids) + rng.random() * 12)
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and len(example.ids) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from groups


def plan(stage: str, public: list[Example], gold: list[Example], epochs: int, share: float, rng: random.Random) -> list[list[Example]]:
    """All batches of a run in order. Stage ``all`` keeps a share of the public names so that they are not forgotten."""
    out: list[list[Example]] = []
    for _ in range(epochs):
        own = [b for c in ("nergrit", "idner") for b in batches([e for e in public if e.corpus == c], 1500, rng)]
        if stage == "names":
            rng.shuffle(own)
            out += own
            continue
        both = list(batches(gold, 1500, rng)) + rng.sample(own, round(share * len(own)))
        rng.shuffle(both)
        out += both
    return out


def optimiser(network: Network, rate: float) -> torch.optim.Optimizer:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith(("encoder.", "near"))]
    groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": 4 * rate}, {"params": [network.near], "lr": 100 * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def run(network: Network, steps: list[list[Example]], rate: float) -> None:
    step = optimiser(network, rate)
    peak = [g["lr"] for g in step.param_groups]
    began, seen = time.time(), {}
    network.train()
    for i, examples in enumerate(steps):
        done = i / len(steps)
        scale = min(1.0, done / 0.08) * 0.5 * (1 + math.cos(math.pi * max(0.0, done - 0.08) / 0.92))
        for group, top in zip(step.param_groups, peak, strict=True):
            group["lr"] = top * scale
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = loss(network, collate(examples))
        total = torch.stack(list(parts.values())).sum()
        step.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        step.step()
        for name, value in parts.items():
            now = float(value.detach())
            seen[name] = 0.95 * seen.get(name, now) + 0.05 * now
        if i % 50 == 49 or i + 1 == len(steps):
            shown = " ".join(f"{k} {v:.3f}" for k, v in seen.items())
            print(f"step {i + 1}/{len(steps)} {time.time() - began:.0f} s  {shown}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stage", choices=("names", "all"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--public-share", type=float, default=1 / 3, help="of the public batches, in each epoch of stage all")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--begin", type=Path, default=CACHE / "names.pt")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)

    pieces = Pieces(read_table())
    public = public_examples(options.shared, pieces)
    gold: list[Example] = []
    if options.stage == "all":
        records = read_gold(options.shared / "gold/train")
        if options.fold is not None:
            records |= read_gold(options.shared / "gold/dev")
            records = {k: r for k, r in records.items() if fold_of(r) != options.fold}
        gold = [e for r in records.values() for e in gold_examples(r, pieces)]
        print(f"{len(records)} articles, {len(gold)} windows, {len(public)} public sentences", flush=True)
    network = Network(CACHE, options.layers)
    if options.stage == "all" and options.begin.exists():
        begun = torch.load(options.begin)
        network.load_state_dict({k: v for k, v in begun.items() if not k.startswith(("ask.", "answer.", "near"))}, strict=False)
        if options.begin.name == "names.pt":
            network.names["gold"].load_state_dict(network.names["idner"].state_dict())
    epochs = options.epochs or (4 if options.stage == "names" else 16)
    run(network, plan(options.stage, public, gold, epochs, options.public_share, rng), options.rate)
    out = options.out or CACHE / ("names.pt" if options.stage == "names" else "all.pt" if options.fold is None else f"fold{options.fold}.pt")
    torch.save(network.state_dict(), out)
    print(f"wrote {out}")


if __name__ == "__main__":
    main()
