"""A network that learns from another what it sees in raw news: with another vocabulary, or with fewer layers.

    python -m training.distil --teacher MODEL [--layers 6] --out training/cache/distilled.pt

The teacher is a model as `export` wrote it, with its own pieces. Both read the same words; the pupil learns the
teacher's hidden states (Sanh et al. 2019, Jiao et al. 2020) at the first piece of each word, on the way and at the end, and what the
heads make of them. It begins with the teacher's weights, layers at even distances; a piece that the teacher
does not have begins as the mean of those that it cuts it into. `train all --begin` then goes on with what people marked.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from telusur.analyse.pieces import Pieces
from telusur.analyse.windows import Window, make_windows
from telusur.model.span import Span

from .network import Heads, Network, Progress, grid
from .rawtext import news_texts
from .shipped import read_shipped
from .train import CACHE, batches
from .vocabulary import read_table, rows_of

LIKELY_CUE, LIKELY_TRIGGER = 0.2, 0.1
"""From which chance on the teacher's word on what a head calls for, or of which type it is, is listened to."""
MOST_HEADS = 48
"""Heads a batch whose arguments are learnt."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One window as the pupil reads it (``ids``, ``first``) and as the teacher does; ``first`` of both are of the same words."""

    ids: tuple[int, ...]
    first: tuple[int, ...]
    taught_ids: tuple[int, ...]
    taught_first: tuple[int, ...]


def as_taught(window: Window, text: str, pieces: Pieces, stop: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Ids and beginnings of a window's words in another vocabulary, with the same marks between blocks."""
    ids, first = [pieces.begin], []
    ends = (*window.first[1:], len(window.ids))
    for word, end in zip(window.words, ends, strict=True):
        first.append(len(ids))
        ids += pieces.of_word(text[word.start : word.end], after_space=word.start == 0 or text[word.start - 1].isspace())
        if window.ids[end - 1] == stop:
            ids.append(pieces.stop)
    return tuple(ids), tuple(first)


def pairs(shared: Path, pieces: Pieces, taught: Pieces, most: int = 192) -> Iterator[Pair]:
    """Every window of the raw news."""
    for text in news_texts(shared):
        at, blocks = 0, []
        for line in text.split("\n"):
            if line.strip():
                blocks.append(Span(at, at + len(line)))
            at += len(line) + 1
        for window in make_windows(text, blocks, pieces, most=most):
            if len(window.words) > 15:
                yield Pair(window.ids, window.first, *as_taught(window, text, taught, pieces.stop))


def pupil_of(teacher: Network, table: list[tuple[str, float]], taught: list[tuple[str, float]], layers: int) -> tuple[Network, Tensor]:
    """A network that begins as the teacher with ``layers`` of its layers; and which rows of its pieces are new (pieces, 1)."""
    pupil = Network(CACHE, layers)
    state = {k: v for k, v in teacher.state_dict().items() if not k.startswith(("encoder.layers.", "encoder.pieces.", "unmask."))}
    for mine, theirs in enumerate(layers_taken(len(teacher.encoder.layers), layers)):
        state |= {f"encoder.layers.{mine}.{k}": v for k, v in teacher.encoder.layers[theirs].state_dict().items()}
    pupil.load_state_dict(state, strict=False)
    rows = rows_of(table, taught, teacher.encoder.pieces.weight.numpy())
    pupil.encoder.pieces = nn.Embedding.from_pretrained(torch.tensor(rows), freeze=False)
    known = {piece for piece, _ in taught}
    return pupil, torch.tensor([[piece not in known] for piece, _ in table])


def layers_taken(has: int, wanted: int) -> list[int]:
    """Which of the teacher's layers the pupil begins with: at even distances, the last among them."""
    return [round((i + 1) * has / wanted) - 1 for i in range(wanted)]


def states(network: Network, ids: Tensor, first: Tensor, depth: int) -> list[Tensor]:
    """Hidden states (batch, words, hidden) after each of the first ``depth`` layers."""
    encoder = network.encoder
    h = encoder.norm(encoder.pieces(ids) + encoder.positions[: ids.shape[1]])
    bias = (ids == Pieces.pad).to(h.dtype)[:, None, None, :] * -1e4
    at = first[..., None].expand(-1, -1, h.shape[-1])
    out = []
    for layer in encoder.layers[:depth]:
        h = layer(h, bias)
        out.append(h.gather(1, at))
    return out


def lesson(pupil: Network, teacher: Network, batch: Sequence[Pair], depth: int) -> dict[str, Tensor]:
    """Losses of one batch. ``depth`` is in the pupil's layers: with fewer than all of them, only hidden states are learnt."""
    ids, first = grid([p.ids for p in batch], Pieces.pad), grid([p.first for p in batch], 0)
    present = grid([(1,) * len(p.first) for p in batch], 0).bool()
    each = layers_taken(len(teacher.encoder.layers), len(pupil.encoder.layers))
    with torch.no_grad():
        shown = states(teacher, grid([p.taught_ids for p in batch], Pieces.pad), grid([p.taught_first for p in batch], 0), each[depth - 1] + 1)
    seen = states(pupil, ids, first, depth)
    out = {}
    for stop in sorted({depth - 1, depth // 2 - 1, depth // 3 - 1, 2 * depth // 3 - 1} - {-1}):
        mine, theirs = seen[stop][present], shown[each[stop]][present]
        out[f"state {stop + 1}"] = ((mine - theirs) ** 2).mean() / theirs.var() * (4.0 if stop == depth - 1 else 1.0)
    return out if depth < len(pupil.encoder.layers) else out | heads_lesson(pupil, teacher, seen[-1], shown[-1], present)


def heads_lesson(pupil: Heads, teacher: Heads, mine: Tensor, theirs: Tensor, present: Tensor) -> dict[str, Tensor]:
    """Losses of what the pupil's heads tell of its hidden states (batch, words, hidden) against the teacher's of its own."""
    with torch.no_grad():
        cues, triggers = teacher.cues(theirs).softmax(-1)[..., 1], teacher.triggers(theirs).softmax(-1)[..., 1]
    told = present & (triggers > LIKELY_TRIGGER / 2)
    heads = [("cues", pupil.cues, teacher.cues, present, 10.0), ("triggers", pupil.triggers, teacher.triggers, present, 10.0)]
    heads += [(f"names {c}", pupil.names[c], teacher.names[c], present, 10.0) for c in pupil.names]
    heads += [("types", pupil.types, teacher.types, told, 1.0), ("marks", pupil.marks, teacher.marks, told, 1.0)]
    out = {}
    for name, learns, teaches, where, weight in heads:
        if where.any():
            with torch.no_grad():
                wanted = teaches(theirs[where]).log_softmax(-1)
            out[name] = weight * F.kl_div(learns(mine[where]).log_softmax(-1), wanted, reduction="batchmean", log_target=True)
    calling = torch.nonzero(present & ((cues > LIKELY_CUE) | (triggers > LIKELY_TRIGGER)))
    if len(calling):
        calling = calling[torch.randperm(len(calling))[:MOST_HEADS]]
        rows, words = calling[:, 0], calling[:, 1]
        with torch.no_grad():
            wanted = teacher.scores(theirs, rows, words).sigmoid()
        got = pupil.scores(mine, rows, words)
        differ = F.binary_cross_entropy_with_logits(got, wanted, reduction="none") - F.binary_cross_entropy_with_logits(torch.logit(wanted, 1e-6), wanted, reduction="none")
        out["arguments"] = 0.3 * (differ * present[rows][None, :, None, :]).sum() / len(rows)
    return out


def learn(pupil: Network, teacher: Network, steps: list[list[Pair]], new: Tensor, rate: float, depth: int) -> None:
    """Runs the lessons. Rows of pieces that the teacher has stay as they are."""
    table = pupil.encoder.pieces.weight
    table.register_hook(lambda grad: grad * new)
    rest = [p for n, p in pupil.named_parameters() if p.requires_grad and p is not table and not n.startswith(("unmask.", "ours.", "syntax."))]
    optimiser = torch.optim.AdamW([{"params": [table], "lr": 10 * rate}, {"params": rest, "lr": rate}], weight_decay=0.0, betas=(0.9, 0.98), fused=True)
    peak = [g["lr"] for g in optimiser.param_groups]
    pupil.eval()  # nothing is dropped: the teacher's word is no noise
    progress = Progress(len(steps), 25)
    for i, batch in enumerate(steps):
        done = i / len(steps)
        for group, top in zip(optimiser.param_groups, peak, strict=True):
            group["lr"] = top * min(1.0, done / 0.06) * (0.5 * (1 + math.cos(math.pi * done)) + 0.02)
        parts = lesson(pupil, teacher, batch, depth)
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(rest, 1.0)
        optimiser.step()
        progress.told(i, parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--teacher", type=Path, default=Path("src/telusur/data/models/reader"))
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--low", type=int, default=0, help="steps of the lowest third of the layers alone: new pieces are learnt at a third of the price")
    parser.add_argument("--steps", type=int, default=1500, help="steps of all layers")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=CACHE / "distilled.pt")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)

    table, taught = read_table(CACHE / "pieces.tsv"), read_table(options.teacher / "pieces.tsv")
    teacher = read_shipped(options.teacher, CACHE)
    pupil, new = pupil_of(teacher, table, taught, options.layers)
    every = list(pairs(options.shared, Pieces(table), Pieces(taught)))
    print(f"{int(new.sum())} new pieces; {len(every)} windows, {np.mean([len(p.ids) for p in every]):.0f} pieces for {np.mean([len(p.taught_ids) for p in every]):.0f}", flush=True)
    asked: list[list[Pair]] = []
    while len(asked) < options.low + options.steps:
        asked += batches(every, 1500, rng)
    if options.low:
        learn(pupil, teacher, asked[: options.low], new, 2 * options.rate, max(1, options.layers // 3))
    learn(pupil, teacher, asked[options.low : options.low + options.steps], new, options.rate, options.layers)
    torch.save(pupil.state_dict(), options.out)
    print(f"wrote {options.out}")


if __name__ == "__main__":
    main()
