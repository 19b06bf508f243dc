"""Second step: fine-tunes the encoder on all layers at once.

    python -m training.train base                      # raw news, treebanks, public names: training/cache/base.pt
    python -m training.train all  [--fold K] [--out F] # then gold: the shipped weights, or one of cross-validation

Deterministic for one seed and one number of threads. The shipped weights learn from gold/train alone; with
``--fold K`` they learn from dev and train together less the outlets of fold K, to be measured on those.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

import torch

from telusur.analyse.pieces import Pieces

from .data import Example, fold_of, gold_examples, held_out, public_examples, read_gold, whole
from .network import Network, Progress, collate, loss, mask_loss, tree_loss
from .rawtext import Masked, hide, plain_windows
from .readings import LOOSE
from .resuming import Resuming
from .rounding import rounded_weights
from .treebanks import Tree, trees
from .vocabulary import read_table

CACHE = Path(__file__).parent / "cache"
BATCH = 1500
"""Word pieces a step."""




class Cut(Protocol):
    """Anything that is cut into pieces."""

    @property
    def ids(self) -> tuple[int, ...]: ...


Kind = TypeVar("Kind", bound=Cut)
Step = list[Example] | list[Tree] | list[Masked]


def batches(examples: list[Kind], tokens: int, rng: random.Random) -> Iterator[list[Kind]]:
    """Examples of like length together, about ``tokens`` pieces a batch, in random order."""
    order = sorted(examples, key=lambda e: len(e.ids) + rng.random() * 12)
    groups: list[list[Kind]] = [[]]
    for example in order:
        if groups[-1] and len(example.ids) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from groups


def base_plan(shared: Path, pieces: Pieces, vocabulary: int, public: list[Example], masked: float, epochs: int, rng: random.Random) -> list[Step]:
    """Batches of the first stage: raw news once, or ``masked`` of it; treebanks and names ``epochs`` times, spread
    so that they weigh more towards the end, when the rate falls."""
    windows = plain_windows(shared, pieces)
    windows = rng.sample(windows, round(masked * len(windows)))
    raw: list[Step] = list(batches([hide(w, vocabulary, rng) for w in windows], BATCH, rng))
    labelled: list[Step] = []
    forest = trees(shared, pieces)
    for _ in range(epochs):
        turn: list[Step] = list(batches(forest, BATCH, rng))
        turn += [b for c in ("nergrit", "idner") for b in batches([e for e in public if e.corpus == c], BATCH, rng)]
        rng.shuffle(turn)
        labelled += turn
    print(f"{len(raw)} batches of raw news, {len(labelled)} with labels", flush=True)
    at = [(rng.random(), s) for s in raw] + [(((i + rng.random()) / len(labelled)) ** 0.6, s) for i, s in enumerate(labelled)]
    return [s for _, s in sorted(at, key=lambda x: x[0])]


def losses(network: Network, step: Step) -> dict[str, torch.Tensor]:
    if isinstance(step[0], Tree):
        return tree_loss(network, step)
    if isinstance(step[0], Masked):
        return mask_loss(network, step)
    return loss(network, collate(step))


def plan(public: list[Example], forest: list[Tree], gold: list[Example], epochs: int, share: float, rng: random.Random) -> list[Step]:
    """Batches of the second stage, with a share of the public names and treebanks so that they are not forgotten."""
    out: list[Step] = []
    for _ in range(epochs):
        own: list[Step] = [b for c in ("nergrit", "idner") for b in batches([e for e in public if e.corpus == c], BATCH, rng)]
        own += batches(forest, BATCH, rng)
        both: list[Step] = [*batches(gold, BATCH, rng), *rng.sample(own, round(share * len(own)))]
        rng.shuffle(both)
        out += both
    return out


def optimiser(network: Network, rate: float) -> torch.optim.Optimizer:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith(("encoder.", "near"))]
    groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": 4 * rate}, {"params": [network.near], "lr": 100 * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def half_precision() -> bool:
    """Whether this processor multiplies in 16 bits: where it only imitates them a step takes fourteen times as long."""
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def run(network: Network, steps: list[Step], rate: float, resuming: Resuming, *, rounding: bool = False) -> None:
    """Takes the steps; ``rounding``: with weights as they ship."""
    step = optimiser(network, rate)
    peak = [g["lr"] for g in step.param_groups]
    progress, half = Progress(len(steps), 50), half_precision()
    network.train()
    for i, examples in islice(enumerate(steps), resuming.taken_up(network, step), None):
        done = i / len(steps)
        scale = min(1.0, done / 0.08) * 0.5 * (1 + math.cos(math.pi * max(0.0, done - 0.08) / 0.92))
        for group, top in zip(step.param_groups, peak, strict=True):
            group["lr"] = top * scale
        step.zero_grad(set_to_none=True)
        with rounded_weights(network) if rounding else nullcontext():
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                parts = losses(network, examples)
            torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        step.step()
        progress.told(i, parts)
        resuming.told(i + 1, network, step)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stage", choices=("base", "all"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--public-share", type=float, default=0.25, help="of the public batches, in each epoch of stage all")
    parser.add_argument("--masked", type=float, default=0.3, help="share of the raw news that stage base reads")
    parser.add_argument("--rounding", action=argparse.BooleanOptionalAction, default=True, help="learn with weights as they ship (stage all)")
    parser.add_argument("--frozen", type=int, default=0, help="the lowest layers that stay as they are, with the table and positions under them")
    parser.add_argument("--loose", action=argparse.BooleanOptionalAction, default=True, help="learn from readings that were not made beside gold ones too")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--begin", type=Path, default=CACHE / "base.pt")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)

    pieces = Pieces(read_table(CACHE / "pieces.tsv"))
    public = public_examples(options.shared, pieces)
    gold: list[Example] = []
    if options.stage == "all":
        readings = {k: r for k, r in read_gold(CACHE / "readings").items() if not held_out(k) and (whole(r) or (options.loose and r.get(LOOSE)))}
        records = read_gold(options.shared / "gold/train") | readings
        if options.fold is not None:
            records |= read_gold(options.shared / "gold/dev")
            records = {k: r for k, r in records.items() if fold_of(r) != options.fold}
        gold = [e for r in records.values() for e in gold_examples(r, pieces)]
        print(f"{len(records)} articles, {len(gold)} windows, {len(public)} public sentences", flush=True)
    network = Network(CACHE, options.layers)
    begun_at = None
    if options.begin.exists() and options.stage != "base":
        begun, begun_at = torch.load(options.begin), options.begin.stat().st_mtime
        network.load_state_dict(begun, strict=False)
        if options.begin == CACHE / "base.pt":  # gold names have not been learnt yet: their custom is nearest to IDNER's
            network.names["gold"].load_state_dict(network.names["idner"].state_dict())
    if options.stage == "base":
        network.encoder.pieces.weight.requires_grad_(True)
        steps = base_plan(options.shared, pieces, network.encoder.pieces.num_embeddings, public, options.masked, options.epochs or 6, rng)
    else:
        steps = plan(public, trees(options.shared, pieces), gold, options.epochs or 5, options.public_share, rng)
    if options.frozen:
        network.encoder.positions.requires_grad_(False)
        for part in (network.encoder.norm, *network.encoder.layers[: options.frozen]):
            part.requires_grad_(False)
    out = options.out or CACHE / ("base.pt" if options.stage == "base" else "all.pt" if options.fold is None else f"fold{options.fold}.pt")
    teaching = sorted((k, str(v)) for k, v in vars(options).items() if k not in ("threads", "out", "shared"))
    resuming = Resuming(out, (teaching, begun_at, steps))
    run(network, steps, options.rate, resuming, rounding=options.rounding and options.stage == "all")
    torch.save(network.state_dict(), out)
    resuming.done()
    print(f"wrote {out}")


if __name__ == "__main__":
    main()
