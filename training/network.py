"""The network: one encoder, one small head for each layer of the record.

By word (its first piece): names (one head for each label custom), cues, triggers, claim type, marks.
Between a cue or trigger and every word: where an argument of each role begins, where it ends (bilinear).
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from telusur.model.claim import CLAIM_TYPES

from .data import BIO, IGNORE, MARKS, NAME_LABELS, ROLES, Example
from .rawtext import Masked
from .treebanks import RELATIONS, SCHOOLS, UPOS, VOICES, Tree

CORPORA = ("gold", "nergrit", "idner")
ARGUMENT_WIDTH = 96
FARTHEST = 64
"""Distances in words beyond this count as this far when an argument is looked for."""
ARC_WIDTH, RELATION_WIDTH, TAG_WIDTH = 192, 64, 256
MIXED = 4
"""Layers at even distances whose states are mixed for trees: what a word is shows lower than what the last layer is about."""


class Layer(nn.Module):
    """One transformer layer with its norms after the sums, as in BERT."""

    def __init__(self, hidden: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.widen, self.narrow = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm_a, self.norm_b = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, h: Tensor, bias: Tensor | None) -> Tensor:
        batch, length, hidden = h.shape
        q, k, v = self.qkv(h).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        # written out: torch's fused attention takes twice as long in training on a CPU; in one precision from end to end:
        # of windows of 384 pieces half its time went into casting scores to 32 bits and back
        with torch.autocast("cpu", enabled=False):
            fit = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
            weights = (fit if bias is None else fit + bias.to(fit.dtype)).softmax(-1)
            mixed = (weights @ v).transpose(1, 2).reshape(batch, length, hidden)
        h = self.norm_a(h + self.out(mixed))
        return self.norm_b(h + self.narrow(F.gelu(self.widen(h))))


class Encoder(nn.Module):
    """The pretrained transformer. The table of pieces stays as it is: rare names are not overfitted."""

    def __init__(self, cache: Path, layers: int) -> None:
        super().__init__()
        sizes = json.loads((cache / "encoder.json").read_text())["sizes"]
        arrays = np.load(cache / "encoder.npz")

        def tensor(name: str) -> Tensor:
            return torch.tensor(arrays[name].astype(np.float32))

        self.pieces = nn.Embedding.from_pretrained(tensor("emb.word"), freeze=True)
        self.positions = nn.Parameter(tensor("emb.pos") + tensor("emb.type")[0])
        self.norm = nn.LayerNorm(sizes["hidden"], eps=1e-12)
        self.norm.weight.data, self.norm.bias.data = tensor("emb.ln.w"), tensor("emb.ln.b")
        self.layers = nn.ModuleList()
        for i in range(layers):
            layer = Layer(sizes["hidden"], sizes["heads"], sizes["inner"])
            layer.qkv.weight.data = torch.cat([tensor(f"l{i}.{p}.w") for p in "qkv"])
            layer.qkv.bias.data = torch.cat([tensor(f"l{i}.{p}.b") for p in "qkv"])
            for mine, theirs in (("out", "ao"), ("widen", "fi"), ("narrow", "fo"), ("norm_a", "aln"), ("norm_b", "oln")):
                getattr(layer, mine).weight.data = tensor(f"l{i}.{theirs}.w")
                getattr(layer, mine).bias.data = tensor(f"l{i}.{theirs}.b")
            self.layers.append(layer)

    def forward(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states by piece. No mask means that nothing is padded: one window at a time."""
        return self.each(ids, mask)[-1]

    def each(self, ids: Tensor, mask: Tensor | None) -> list[Tensor]:
        """Hidden states by piece after each layer."""
        h = F.dropout(self.norm(self.pieces(ids) + self.positions[: ids.shape[1]]), 0.1, self.training)
        bias = None if mask is None else (1.0 - mask.to(h.dtype))[:, None, None, :] * -1e4
        out = []
        for layer in self.layers:
            h = layer(h, bias)
            out.append(h)
        return out


class Syntax(nn.Module):
    """Parts of speech, voice, and a dependency tree by two biaffine scores (Dozat and Manning 2017)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.tensor([[0.0] * (MIXED - 1) + [2.0]] * 2))
        self.school = nn.Embedding(len(SCHOOLS), hidden)
        nn.init.zeros_(self.school.weight)
        self.upos = nn.Sequential(nn.Linear(hidden, TAG_WIDTH), nn.GELU(), nn.Dropout(0.2), nn.Linear(TAG_WIDTH, len(UPOS)))
        self.voices = nn.Linear(hidden, len(VOICES))
        self.arc = nn.ModuleDict({e: nn.Linear(hidden, ARC_WIDTH) for e in ("head", "child")})
        self.relation = nn.ModuleDict({e: nn.Linear(hidden, RELATION_WIDTH) for e in ("head", "child")})
        self.arc_weight = nn.Parameter(torch.zeros(ARC_WIDTH + 1, ARC_WIDTH))
        self.relation_weight = nn.Parameter(torch.zeros(len(RELATIONS), RELATION_WIDTH + 1, RELATION_WIDTH + 1))
        nn.init.normal_(self.arc_weight, std=0.02)
        nn.init.normal_(self.relation_weight, std=0.02)

    def forward(self, states: Tensor, school: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """``states`` (layers, batch, 1 + words, hidden) of `mixed_layers`, the first word the root's; mixed in one measure for
        tags, in another for trees (Peters et al. 2018). Parts of speech and voices by word, arc scores (batch, words, 1 + words),
        relation scores of every arc are made in ``relations``; last, what they need."""
        tagged, w = (self.mix.softmax(-1)[..., None, None, None] * states).sum(1) + self.school(school)[None, :, None]
        part = {e: F.dropout(F.gelu(self.arc[e](w)), 0.25, self.training) for e in ("head", "child")}
        child = F.pad(part["child"][:, 1:], (0, 1), value=1.0)
        arcs = child @ self.arc_weight @ part["head"].transpose(1, 2)
        return self.upos(tagged[:, 1:]), self.voices(tagged[:, 1:]), arcs, w

    def relations(self, w: Tensor, heads: Tensor) -> Tensor:
        """Relation scores (batch, words, relations) of each word to its head (batch, words)."""
        made = {e: F.dropout(F.gelu(self.relation[e](w)), 0.25, self.training) for e in ("head", "child")}
        child = F.pad(made["child"][:, 1:], (0, 1), value=1.0)
        head = made["head"].gather(1, heads[..., None].expand(-1, -1, RELATION_WIDTH))
        return torch.einsum("bwi,rij,bwj->bwr", child, self.relation_weight, F.pad(head, (0, 1), value=1.0))


class Unmask(nn.Module):
    """Tells hidden pieces from their hidden states; its last layer is the table of pieces itself. Not shipped."""

    def __init__(self, hidden: int, pieces: int) -> None:
        super().__init__()
        self.turn, self.norm, self.bias = nn.Linear(hidden, hidden), nn.LayerNorm(hidden), nn.Parameter(torch.zeros(pieces))

    def forward(self, h: Tensor, table: Tensor) -> Tensor:
        return self.norm(F.gelu(self.turn(h))) @ table.T + self.bias


class Heads(nn.Module):
    """What a record needs, told from hidden states by word."""

    def __init__(self, corpora: Sequence[str] = CORPORA, hidden: int = 384) -> None:
        super().__init__()
        self.names = nn.ModuleDict({c: nn.Linear(hidden, len(NAME_LABELS)) for c in corpora})
        self.cues, self.triggers = nn.Linear(hidden, len(BIO)), nn.Linear(hidden, len(BIO))
        self.types = nn.Sequential(nn.Dropout(0.2), nn.Linear(hidden, len(CLAIM_TYPES)))
        self.marks = nn.Sequential(nn.Dropout(0.2), nn.Linear(hidden, sum(map(len, MARKS.values()))))
        size = len(ROLES) * ARGUMENT_WIDTH
        self.ask = nn.ModuleDict({e: nn.Linear(hidden, size) for e in ("start", "end")})
        self.answer = nn.ModuleDict({e: nn.Linear(hidden, ARGUMENT_WIDTH) for e in ("start", "end")})
        self.near = nn.Parameter(torch.full((2, len(ROLES), 2 * FARTHEST + 1), -4.0))

    def arguments(self, w: Tensor, edge: str) -> tuple[Tensor, Tensor]:
        """What each word asks for, by role (batch, words, roles, width), and what each word answers."""
        ask = F.dropout(self.ask[edge](w), 0.2, self.training).unflatten(-1, (len(ROLES), ARGUMENT_WIDTH))
        answer = F.dropout(F.gelu(self.answer[edge](w)), 0.2, self.training)
        return ask, answer

    def scores(self, w: Tensor, rows: Tensor, heads: Tensor) -> Tensor:
        """(edges, heads, roles, words): how likely each word begins or ends an argument of each head."""
        out = []
        away = torch.arange(w.shape[1])[None, :] - heads[:, None]
        bucket = away.clamp(-FARTHEST, FARTHEST) + FARTHEST
        for i, edge in enumerate(("start", "end")):
            ask, answer = self.arguments(w, edge)
            out.append(torch.einsum("hrd,hwd->hrw", ask[rows, heads], answer[rows]) + self.near[i][:, bucket].transpose(0, 1))
        return torch.stack(out)


class Network(Heads):
    """The encoder with all its heads."""

    def __init__(self, cache: Path, layers: int = 12, hidden: int = 384) -> None:
        super().__init__(CORPORA, hidden)
        self.encoder = Encoder(cache, layers)
        self.ours = nn.Linear(hidden, len(BIO))
        nn.init.zeros_(self.ours.weight)
        nn.init.zeros_(self.ours.bias)
        self.syntax = Syntax(hidden)
        self.unmask = Unmask(hidden, self.encoder.pieces.num_embeddings)

    def words(self, ids: Tensor, mask: Tensor | None, first: Tensor) -> Tensor:
        return at_words(self.encoder(ids, mask), first)

    def mixed(self, ids: Tensor, mask: Tensor | None, first: Tensor) -> Tensor:
        """What `Syntax` needs: states (layers, batch, words, hidden)."""
        each = self.encoder.each(ids, mask)
        return torch.stack([at_words(each[n], first) for n in mixed_layers(len(each))])


def mixed_layers(count: int) -> list[int]:
    """Which of so many layers are mixed for trees, from 0; the last among them."""
    return [count * (n + 1) // MIXED - 1 for n in range(MIXED)]


def at_words(h: Tensor, first: Tensor) -> Tensor:
    """Hidden states by word (batch, words, hidden) of those by piece: at each word's first."""
    return h.gather(1, first[..., None].expand(-1, -1, h.shape[-1]))


def read_network(weights: Path, cache: Path) -> Network:
    """The network of trained weights, as many layers as they have, ready to read."""
    state = torch.load(weights)
    network = Network(cache, 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers.")))
    network.load_state_dict(state, strict=False)
    return network.eval()


class Progress:
    """Prints how far a training is, with the losses' running means."""

    def __init__(self, steps: int, every: int) -> None:
        self.steps, self.every, self.began = steps, every, time.time()
        self.seen: dict[str, float] = {}

    def told(self, step: int, parts: Mapping[str, Tensor]) -> None:
        for name, value in parts.items():
            now = float(value.detach())
            self.seen[name] = 0.95 * self.seen.get(name, now) + 0.05 * now
        if (step + 1) % self.every == 0 or step + 1 == self.steps:
            shown = " ".join(f"{k} {v:.3f}" for k, v in self.seen.items())
            print(f"step {step + 1}/{self.steps} {time.time() - self.began:.0f} s  {shown}", flush=True)


@dataclass
class Batch:
    corpus: str
    ids: Tensor
    mask: Tensor
    first: Tensor
    present: Tensor
    names: Tensor
    ours: Tensor | None = None
    cues: Tensor | None = None
    triggers: Tensor | None = None
    rows: Tensor | None = None
    heads: Tensor | None = None
    types: Tensor | None = None
    marks: Tensor | None = None
    arguments: Tensor | None = None
    role_mask: Tensor | None = None


def collate(examples: list[Example]) -> Batch:
    """Examples of one corpus, padded."""
    words = max(len(e.first) for e in examples)
    ids = grid([e.ids for e in examples], 1)
    batch = Batch(
        corpus=examples[0].corpus,
        ids=ids,
        mask=ids != 1,
        first=grid([e.first for e in examples], 0, words),
        present=grid([(1,) * len(e.first) for e in examples], 0, words).bool(),
        names=grid([e.names for e in examples], IGNORE, words),
    )
    if batch.corpus != "gold":
        return batch
    batch.ours = torch.tensor([e.ours for e in examples], dtype=torch.float32)
    batch.cues, batch.triggers = grid([e.cues for e in examples], IGNORE, words), grid([e.triggers for e in examples], IGNORE, words)
    heads = [(i, h) for i, e in enumerate(examples) for h in e.heads]
    batch.rows = torch.tensor([i for i, _ in heads], dtype=torch.long)
    batch.heads = torch.tensor([h.word for _, h in heads], dtype=torch.long)
    batch.types = torch.tensor([h.type for _, h in heads], dtype=torch.long)
    batch.marks = torch.tensor([h.marks for _, h in heads], dtype=torch.long).reshape(-1, 3)
    batch.arguments = torch.zeros(2, len(heads), len(ROLES), words)
    batch.role_mask = torch.zeros(len(heads), len(ROLES))
    for n, (_, head) in enumerate(heads):
        batch.role_mask[n, slice(0, 4) if head.type == IGNORE else slice(4, 8)] = 1
        for role, a, b in head.arguments:
            batch.arguments[0, n, role, a] = 1
            batch.arguments[1, n, role, b] = 1
    return batch


def tree_loss(network: Network, trees: list[Tree]) -> dict[str, Tensor]:
    """Losses of tags, arcs and relations of sentences from treebanks."""
    ids, first = grid([t.ids for t in trees], 1), grid([(0, *t.first) for t in trees], 0)
    return heads_loss(network, trees, network.mixed(ids, ids != 1, first))


def heads_loss(network: Network, trees: list[Tree], states: Tensor) -> dict[str, Tensor]:
    """`tree_loss` of states (layers, sentences, 1 + words, hidden), the root's first."""
    words = max(len(t.first) for t in trees)
    upos, voices, arcs, w = network.syntax(states, torch.tensor([t.school for t in trees]))
    present = grid([(1,) * (1 + len(t.first)) for t in trees], 0).bool()
    arcs = arcs.float().masked_fill(~present[:, None, :], -1e4)
    heads = grid([t.heads for t in trees], IGNORE, words)
    relations = network.syntax.relations(w, heads.clamp(min=0)).float()

    def mean(logits: Tensor, labels: Tensor) -> Tensor:
        return F.cross_entropy(logits.flatten(0, 1).float(), labels.flatten(), ignore_index=IGNORE)

    out = {
        "upos": mean(upos, grid([t.upos for t in trees], IGNORE, words)),
        "arcs": mean(arcs, heads),
        "relations": mean(relations, grid([t.relations for t in trees], IGNORE, words)),
    }
    spoken = grid([t.voices for t in trees], IGNORE, words)
    if (spoken != IGNORE).any():
        out["voices"] = 0.5 * mean(voices, spoken)
    return out


def mask_loss(network: Network, windows: list[Masked]) -> dict[str, Tensor]:
    ids, targets = grid([w.ids for w in windows], 1), grid([w.targets for w in windows], IGNORE)
    h = network.encoder(ids, ids != 1)
    hidden = targets != IGNORE
    return {"unmask": F.cross_entropy(network.unmask(h[hidden], network.encoder.pieces.weight).float(), targets[hidden])}


def grid(rows: list[tuple[int, ...]], fill: int, width: int | None = None) -> Tensor:
    out = torch.full((len(rows), width or max(map(len, rows))), fill, dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row, dtype=torch.long)
    return out


def loss(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Losses by layer."""
    w = network.words(batch.ids, batch.mask, batch.first)

    def by_word(logits: Tensor, labels: Tensor) -> Tensor:
        return F.cross_entropy(logits.flatten(0, 1).float(), labels.flatten(), ignore_index=IGNORE)

    out = {"names": by_word(network.names[batch.corpus](w), batch.names)} if (batch.names != IGNORE).any() else {}
    if batch.corpus != "gold":
        return out
    out["cues"] = by_word(network.cues(w), batch.cues)
    # What our readings mark beyond the gold articles is learnt apart, and left out when the model reads.
    out["triggers"] = by_word(network.triggers(w) + batch.ours[:, None, None] * network.ours(w), batch.triggers)
    if not len(batch.rows):
        return out
    at = w[batch.rows, batch.heads]
    claims = batch.types != IGNORE
    if claims.any():
        out["types"] = F.cross_entropy(network.types(at).float()[claims], batch.types[claims])
        marks, offset = network.marks(at).float()[claims], 0
        for i, labels in enumerate(MARKS.values()):
            out[f"mark {i}"] = 0.5 * F.cross_entropy(marks[:, offset : offset + len(labels)], batch.marks[claims, i])
            offset += len(labels)
    scores = network.scores(w, batch.rows, batch.heads).float()
    each = F.binary_cross_entropy_with_logits(scores, batch.arguments, reduction="none")
    each = each * batch.role_mask[None, :, :, None] * batch.present[batch.rows][None, :, None, :]
    out["arguments"] = each.sum() / len(batch.rows)
    return out
