"""The language model: what it sees in an article, as Signals.

In: a document. Out: names, cues with content and speaker, triggers with participants, each with a score. The model is
one small transformer in ONNX form that ships in ``data/models``; it is loaded once a process and runs on one core.
Nothing here judges: rules and thresholds of the later stages do.
"""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from ..errors import MissingExtra
from ..lexicon import data_file
from ..matrices import Floats, product, session_of
from ..model.document import ARTICLE_KINDS, Document
from ..model.layers import EntityType
from ..model.signals import Argument, ArgumentRole, Frame, FrameKind, Named, Signals, States, Tier
from ..model.span import Span
from .pieces import Pieces
from .windows import Window, make_windows

_CUE_ROLES: tuple[ArgumentRole, ...] = ("content", "speaker", "origin", "relay")
_CLAIM_ROLES: tuple[ArgumentRole, ...] = ("actor", "recipient", "place", "time")
_LONGEST: Mapping[str, int] = {"content": 250}
_LONGEST_ARGUMENT = 24
_LIKELY_START = 0.35
"""A beginning from which on an argument before it is over."""
_MOST_HEADS = 200
"""Cues or triggers read in one window: no real paragraph comes near; hostile text must stay bounded."""

READ_IN_FULL = 1
"""Windows at the beginning of an article that the fast tier reads with all layers, too: news tells first what matters most, and the
title, the lead and the first paragraphs hold most of an article's claims."""

MOST_WINDOWS = 200
"""Windows read of one article, about 25,000 words: no article comes near, and a page made to keep us busy must end."""


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model: the session, its vocabulary, what its outputs mean (``model.json``), and ``near``: how usual an
    argument's edge is at each distance in words from its head (edges, roles, distances)."""

    session: Any
    pieces: Pieces
    meta: Mapping[str, Any]
    near: Floats
    folder: str = ""
    """Where it was loaded from, "" for the shipped one."""
    tier: Tier = "accurate"
    judges: Mapping[str, Floats] = field(default_factory=dict)
    """Weights of the small networks that judge events by the encoder's states (`extract.judges`), for this tier."""
    first: Model | None = None
    """Of the fast tier the accurate one, by which it reads an article's first windows."""

    @property
    def name(self) -> str:
        return f"{self.meta['name']} {self.meta['version']}" + ("" if self.tier == "accurate" else f" {self.tier}")

    @property
    def doubt(self) -> float:
        """What is taken from the log odds of a claim that this tier sees: the fast one sees more that is none, and what weighs the model's
        word against the lexicon's was fitted on the accurate one's."""
        return float(self.meta.get(self.tier, {}).get("doubt", 0.0))

    def run(self, outputs: Sequence[str], ids: Sequence[int], first: Sequence[int], part: str | None = None, school: str = "csui") -> list[Floats]:
        """Outputs of one window, without the batch axis.

        Args:
            ids, first: as in `Window`.
            part: of the graph, where it has several: one tier or the other, or ``trees``. This model's own tier if not said.
            school: the treebank whose customs trees keep; what reads articles does not ask.
        """
        feed = {"ids": np.array([ids], dtype=np.int64), "first": np.array([first], dtype=np.int64)}
        if "syntax" in self.meta:
            feed["school"] = np.array([self.meta["syntax"]["schools"].index(school)], dtype=np.int64)
        if "parts" in self.meta:
            feed["part"] = np.array(self.meta["parts"].index(part or self.tier), dtype=np.int64)
        return [cast(Floats, made[0]) for made in self.session.run(list(outputs), feed)]


@cache
def load_model(folder: str | None = None, tier: Tier = "accurate") -> Model:
    """The shipped model, or the one in ``folder``; once a process.

    ``tier``: ``fast`` reads the first window of an article as ``accurate`` does, the others with 7 of the 12 layers. Both tiers are one
    file and one session.

    Raises:
        MissingExtra: onnxruntime cannot be imported on this machine.
    """
    session, pieces, meta = _loaded(folder)
    accurate = Model(session, pieces, meta, np.array(meta["near"], dtype=np.float32), folder or "", judges=_judges(folder, "accurate"))
    if tier == "accurate":
        return accurate
    return replace(accurate, near=np.array(meta[tier]["near"], dtype=np.float32), tier=tier, judges=_judges(folder, tier), first=accurate)


@cache
def _judges(folder: str | None, tier: Tier) -> Mapping[str, Floats]:
    """What ``judges.npz`` holds for a tier; a model may be without."""
    at = (Path(folder) if folder else data_file("models/reader")).joinpath("judges.npz")
    if not at.is_file():
        return {}
    with np.load(BytesIO(at.read_bytes())) as kept:
        return {name.removeprefix(f"{tier} "): kept[name].astype(np.float32) for name in kept.files if name.startswith(f"{tier} ")}


@cache
def _loaded(folder: str | None) -> tuple[Any, Pieces, Mapping[str, Any]]:
    at = Path(folder) if folder else data_file("models/reader")
    try:
        session = session_of(gzip.decompress((at / "model.onnx.gz").read_bytes()))
    except ImportError as problem:
        raise MissingExtra(f"onnxruntime cannot be loaded ({problem}); no name or claim can be read without it; run: pip install onnxruntime") from problem
    rows = (line.split("\t") for line in (at / "pieces.tsv").read_text(encoding="utf-8").split("\n") if line)
    pieces = Pieces([(piece, float(score)) for piece, score in rows])
    return session, pieces, json.loads((at / "model.json").read_text(encoding="utf-8"))


def understand(document: Document, model: Model | None = None) -> Signals:
    """What the model sees in the article's own blocks; names and frames sorted by start."""
    model = model or load_model()
    blocks = [b.span for b in document.blocks if b.kind in ARTICLE_KINDS]
    names: list[Named] = []
    frames: list[Frame] = []
    starts: list[int] = []
    rows: list[Floats] = []
    windows = make_windows(document.text, blocks, model.pieces)
    full_to = windows[:READ_IN_FULL][-1].words[-1].end if windows and model.first else 0
    for window in windows[:MOST_WINDOWS]:
        reader = model.first if model.first and window.words[0].start < full_to else model
        seen = _run(reader, window)
        names += _names(seen, window, reader)
        frames += _frames(seen, window, reader)
        if "states" in seen:
            starts += [word.start for word in window.words]
            rows.append(seen["states"])
    read_to = windows[MOST_WINDOWS].words[0].start if len(windows) > MOST_WINDOWS else None
    states = States(tuple(starts), np.concatenate(rows), model.judges, model.first.judges if model.first else {}) if rows else None
    found = tuple(sorted(frames, key=lambda f: (f.span.start, f.span.end, f.kind)))
    return Signals(tuple(names), found, model.name, read_to, model.tier, full_to, states)


def _run(model: Model, window: Window) -> dict[str, Floats]:
    """The model's outputs for one window, without the batch axis."""
    outputs: list[str] = model.meta["outputs"]
    return dict(zip(outputs, model.run(outputs, window.ids, window.first), strict=True))


def _softmax(x: Floats) -> Floats:
    e = x - np.maximum.reduce(x, axis=-1, keepdims=True)
    np.exp(e, out=e)
    e /= np.add.reduce(e, axis=-1, keepdims=True)
    return e


def _sigmoid(x: Floats) -> Floats:
    return cast(Floats, 1.0 / (1.0 + np.exp(-np.minimum(np.maximum(x, -30), 30))))


@cache
def _steps(labels: tuple[str, ...]) -> tuple[Floats, Floats]:
    """What each step from label to label costs, and each label at the beginning: nothing, or far too much."""
    barred = np.array([[b[0] == "I" and (a[1:] != b[1:] or a[0] == "O") for b in labels] for a in labels])
    begins = np.array([label[0] == "I" for label in labels])
    return np.where(barred, np.float32(-1e4), np.float32(0)), np.where(begins, np.float32(-1e4), np.float32(0))


def best_labels(logits: Floats, labels: list[str]) -> list[int]:
    """The best sequence in which ``I-X`` only follows ``B-X`` or ``I-X``: each word's likeliest label where these make one, as they mostly
    do; around those that do not, from where two words in a row are likeliest no name to where the next two are, by Viterbi."""
    cost, first = _steps(tuple(labels))
    likeliest = logits.argmax(axis=-1)
    wrong = (np.flatnonzero(cost[likeliest[:-1], likeliest[1:]]) + 1).tolist()
    path = cast(list[int], likeliest.tolist())
    if first[path[0]]:
        wrong = [0, *wrong]
    outside, size, done = labels.index("O"), len(path), 0
    apart = [0, *(n for n in range(1, size) if path[n - 1] == path[n] == outside), size] if wrong else []
    for at in wrong:
        if at < done:
            continue
        begin, done = apart[bisect_right(apart, at) - 1], apart[bisect_right(apart, at)]
        found = _viterbi(logits[begin:done], cost, first if begin == 0 else np.zeros_like(first))
        if begin and first[found[0]]:  # it leans on the words before
            return _viterbi(logits, cost, first)
        path[begin:done] = found
    return path


def _viterbi(logits: Floats, cost: Floats, first: Floats) -> list[int]:
    scores = logits[0] + first
    back: list[npt.NDArray[np.intp]] = []
    for row in logits[1:]:
        ways = scores[:, None] + cost
        back.append(ways.argmax(axis=0))
        scores = ways.max(axis=0) + row
    path = [int(scores.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def _names(seen: dict[str, Floats], window: Window, model: Model) -> list[Named]:
    labels: list[str] = model.meta["names"]
    path = best_labels(seen["names"], labels)
    outside = labels.index("O")
    named = [at for at, label in enumerate(path) if label != outside]
    sure = _softmax(seen["names"][named])[np.arange(len(named)), [path[at] for at in named]].tolist()
    chances: dict[int, float] = dict(zip(named, sure, strict=True))
    out: list[Named] = []
    for at in named:
        if labels[path[at]][0] != "B":
            continue
        end = at + 1
        while end < len(path) and labels[path[end]][0] == "I":
            end += 1
        span = Span(window.words[at].start, window.words[end - 1].end)
        out.append(Named(span, cast(EntityType, labels[path[at]][2:]), round(min(chances[n] for n in range(at, end)), 4)))
    return out


def _frames(seen: dict[str, Floats], window: Window, model: Model) -> list[Frame]:
    """Cues, then triggers above their threshold, with their arguments."""
    cues, triggers = _heads(seen["cues"], window, model, "cue"), _heads(seen["triggers"], window, model, "claim")
    heads = [head.at for head in triggers]
    called = _arguments(seen, window, model, [*((head.at, _CUE_ROLES) for head in cues), *((at, _CLAIM_ROLES) for at in heads)])
    out = [Frame("cue", "cue", head.span, round(head.chance, 4), tuple(arguments)) for head, arguments in zip(cues, called, strict=False)]
    for head, arguments, (label, sure, marks) in zip(triggers, called[len(cues) :], _labelled(seen, model, heads), strict=True):
        out.append(Frame("claim", label, head.span, round(_doubted(head.chance * sure, model.doubt), 4), tuple(arguments), marks))
    return out


class _Head(NamedTuple):
    """A cue or a trigger: its first word by number, all its words, how sure it is."""

    at: int
    span: Span
    chance: float


def _heads(logits: Floats, window: Window, model: Model, kind: FrameKind) -> list[_Head]:
    """The cues or triggers of a window that are above their threshold."""
    _, begin, inside = chances = np.ascontiguousarray(_softmax(logits).T)
    begins = begin >= np.maximum(inside, model.meta["thresholds"][kind])
    begins[:1] = begin[:1] >= model.meta["thresholds"][kind]
    goes_on = (inside > np.maximum(chances[0], begin)).tolist()
    heads = np.flatnonzero(begins)[:_MOST_HEADS]
    out: list[_Head] = []
    for at, chance in zip(heads.tolist(), begin[heads].tolist(), strict=True):
        end = at + 1
        while end < len(goes_on) and goes_on[end]:
            end += 1
        out.append(_Head(at, Span(window.words[at].start, window.words[end - 1].end), chance))
    return out


def _doubted(chance: float, doubt: float) -> float:
    """A chance with ``doubt`` taken from its log odds."""
    return chance / (chance + (1.0 - chance) * math.exp(doubt)) if doubt else chance


def _labelled(seen: dict[str, Floats], model: Model, heads: list[int]) -> list[tuple[str, float, dict[str, dict[str, float]]]]:
    """The likeliest type of each trigger, how sure it is, and the chances of its marks."""
    if not heads:
        return []
    types = _softmax(seen["types"][heads])
    best, sure = types.argmax(axis=-1).tolist(), types.max(axis=-1).tolist()
    marks = _marks(seen["marks"][heads], model)
    return [(model.meta["types"][b], s, m) for b, s, m in zip(best, sure, marks, strict=True)]


def _marks(logits: Floats, model: Model) -> list[dict[str, dict[str, float]]]:
    """For each row of logits the chances of what is marked on a claim."""
    sizes = [len(labels) for labels in model.meta["marks"].values()]
    begins = [sum(sizes[:n]) for n in range(len(sizes))]
    e = np.exp(logits - np.maximum.reduceat(logits, begins, axis=-1).repeat(sizes, axis=-1))
    e /= np.add.reduceat(e, begins, axis=-1).repeat(sizes, axis=-1)
    out: list[dict[str, dict[str, float]]] = []
    for chances in e.tolist():
        rounded = iter([round(chance, 4) for chance in chances])
        out.append({name: dict(zip(labels, rounded, strict=False)) for name, labels in model.meta["marks"].items()})
    return out


def _arguments(seen: dict[str, Floats], window: Window, model: Model, heads: Sequence[tuple[int, tuple[ArgumentRole, ...]]]) -> list[list[Argument]]:
    """What each head calls for in its roles: for each likely beginning, the likeliest end after it. All heads are asked at once."""
    found: list[list[Argument]] = [[] for _ in heads]
    if not heads:
        return found
    words, number = window.words, {role: n for n, role in enumerate(model.meta["roles"])}
    questions = [(n, at, role) for n, (at, roles) in enumerate(heads) for role in roles]
    rows, asked = np.array([at for _, at, _ in questions]), np.array([number[role] for _, _, role in questions])
    least = {role: _log_odds(model.meta["thresholds"][role]) for role in number if role in model.meta["thresholds"]}
    begins = _asked(seen, model, rows, asked, 0)
    likely = np.flatnonzero(begins >= np.array([least[role] for _, _, role in questions], dtype=np.float32)[:, None])
    chosen: dict[int, list[tuple[int, float]]] = {}
    for place, chance in zip(likely.tolist(), _sigmoid(begins.ravel()[likely]).tolist(), strict=True):
        row, j = divmod(place, len(words))
        chosen.setdefault(row, []).append((j, chance))
    of = list(chosen)
    for (row, told), logits in zip(chosen.items(), _asked(seen, model, rows[of], asked[of], 1) if of else (), strict=True):
        n, _, role = questions[row]
        taken, longest = -1, _LONGEST.get(role, _LONGEST_ARGUMENT)
        others = [j for j, chance in told if chance >= _LIKELY_START] if role != "content" else []
        for j, chance in told:
            if j <= taken:
                continue
            later = bisect_right(others, j)
            last = min(j + longest, others[later] if later < len(others) else len(words))
            taken = j + int(logits[j:last].argmax())
            found[n].append(Argument(role, Span(words[j].start, words[taken].end), round(chance, 4)))
    return found


def _asked(seen: dict[str, Floats], model: Model, heads: npt.NDArray[np.intp], roles: npt.NDArray[np.intp], edge: int) -> Floats:
    """Log odds that a word is the edge (0 start, 1 end) of what ``heads[n]`` calls for in ``roles[n]``, both by number: (questions, words)."""
    name, width = ("start", "end")[edge], int(model.meta["argument_width"])
    answer, asks = seen[f"answer_{name}"], seen[f"ask_{name}"]
    out = product(asks.reshape(len(asks), -1, width)[heads, roles], answer.T)
    out += _near(model.near[edge], len(answer))[roles, len(answer) - 1 - heads]
    return out


def _near(near: Floats, size: int) -> Floats:
    """How usual an edge is at each of ``size`` words, by role and by how many words stand behind the head: (roles, size, size). A view: each
    row is a stretch of what is known by distance, in which the farthest distance stands for all beyond."""
    farthest = near.shape[-1] // 2
    away = np.minimum(np.maximum(np.arange(1 - size, size), -farthest), farthest)
    known = near.take(away + farthest, axis=-1)
    row, column = known.strides
    return np.ndarray((len(near), size, size), known.dtype, known, 0, (row, column, column))


def _log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))
