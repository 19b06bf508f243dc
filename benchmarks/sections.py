"""The sections of docs/quality.md that come from figures kept under ``benchmarks/results``: tables in Markdown.

Comes in: the figures as JSON. Goes out: the text of a section. `quality` puts each between its two marks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

Json = dict[str, Any]

HERE = Path(__file__).parent
RESULTS = HERE / "results"

COLUMNS = {
    "mentions.f1": "names",
    "entities.b3": "joined",
    "times.value_f1": "times",
    "quotes.content_f1": "said",
    "quotes.speaker_f1": "speaker",
    "claims.type_f1": "claim",
    "claims.actors_f1": "parties",
    "claims.participants_f1": "roles",
}
CROSSVAL_ROWS = (
    "mentions.f1", "entities.b3", "times.f1", "times.value_f1", "quotes.content_f1", "quotes.speaker_f1",
    "quotes.direct_speaker_f1", "quotes.indirect_speaker_f1", "quotes.cue_f1", "chains.f1", "claims.type_f1",
    "claims.actors_f1", "claims.participants_f1", "claims.uncertain_f1", "claims.negative_f1", "claims.future_f1",
    "claims.time_f1", "claims.according_f1", "honesty.false_precision", "honesty.wrong_mouth",
)  # fmt: skip
AGREED = (
    "quotes.content_f1", "quotes.cue_f1", "quotes.speaker_f1", "quotes.direct_speaker_f1", "chains.f1",
    "claims.type_f1", "claims.actors_f1", "claims.participants_f1", "claims.time_f1", "claims.according_f1", "claims.uncertain_f1",
    "claims.future_f1",
)  # fmt: skip
HELD = {"mentions.type": 0.05, "attributions.speaker": 0.05, "claims.type": 0.05}
VOICES = {
    "active": "active verbs (`me-`, `ber-`, bare)",
    "passive": "passive verbs (`di-`, `ter-`, `tewas`)",
    "noun": "nouns (`serangan`)",
    "deed": "deeds (`penangkapan`)",
    "state": "states (`menjabat`, `mantan`)",
}


def table(head: Iterable[str], rows: Iterable[Iterable[str]], right: int = 1) -> str:
    """A Markdown table; all columns from the ``right``-th on are figures."""
    names = list(head)
    rule = ["---" if n < right else "---:" for n in range(len(names))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (names, rule, *map(list, rows)))


def points(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def interval(score: list[float | None]) -> str:
    value, low, high = score
    return points(value) if low is None or high is None else f"{points(value)} ({100 * low:.0f}-{100 * high:.0f})"


def of_crossval(found: Json) -> str:
    rows = ([key, points(found["all"][key][0]), _between(found["all"][key])] for key in CROSSVAL_ROWS if key in found["all"])
    return f"{found['articles']} articles.\n\n" + table(("measure", "score", "interval"), rows)


def _between(score: list[float | None]) -> str:
    return "" if score[1] is None or score[2] is None else f"{100 * score[1]:.1f} to {100 * score[2]:.1f}"


def of_groups(found: Json) -> str:
    parts = []
    for group, title in (("outlets", "outlet"), ("topics", "topic")):
        rows = (
            [name, str(told["articles"]), *(interval(told["scores"][key]) if key in told["scores"] else "-" for key in COLUMNS)]
            for name, told in found[group].items()
        )
        parts.append(table((title, "articles", *COLUMNS.values()), rows))
    return "\n\n".join(parts)


def of_voices(found: Json) -> str:
    rows = []
    for voice, title in VOICES.items():
        count = {key: found["voices"].get(voice, {}).get(key, 0) for key in ("gold", "read", "found", "parties right", "roles right", "roles gold", "roles read", "swapped")}
        rows.append([
            title,
            str(count["gold"]),
            points(_f1(count["found"], count["gold"], count["read"])),
            points(_f1(count["parties right"], count["gold"], count["read"])),
            points(_share(count["parties right"], count["found"])),
            points(_f1(count["roles right"], count["roles gold"], count["roles read"])),
            points(_share(count["swapped"], count["found"])),
        ])  # fmt: skip
    head = ("trigger", "claims in gold", "claim F1", "parties F1", "all parties right, of those found", "roles F1, of those found", "swapped")
    return table(head, rows)


def _f1(hits: float, gold: float, read: float) -> float | None:
    return 2 * hits / (gold + read) if gold + read else None


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def of_errors(found: Json) -> str:
    """Every kind with its count, what it means and an example of our own, the most frequent first within its layer."""
    kinds = dict(_kinds())
    counts = found["errors"]
    layers = list(dict.fromkeys(kind.partition(":")[0] for kind in kinds))
    ordered = sorted(kinds, key=lambda kind: (layers.index(kind.partition(":")[0]), -counts.get(kind, 0)))
    rows = ([kind, str(counts.get(kind, 0)), *kinds[kind]] for kind in ordered)
    lines = table(("kind", "how many", "what it is", "for example"), rows, right=9)
    return lines.replace("| --- | --- |", "| --- | ---: |", 1)


def _kinds() -> Iterable[tuple[str, tuple[str, str]]]:
    lines = (HERE / "error_kinds.tsv").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        kind, meaning, example = line.split("\t")
        yield kind, (meaning, example)


def of_agreement(found: Json) -> str:
    rows = ([key, points(found["all"][key][0]), _between(found["all"][key])] for key in AGREED if key in found["all"])
    errors = ", ".join(f"{count} {kind.partition(': ')[2]}" for kind, count in found["errors"].items() if kind.startswith("claims"))
    return (
        f"{found['articles']} articles.\n\n"
        + table(("measure", "agreement", "interval"), rows)
        + f"\n\nWhere the two part over claims, the second measured by the first: {errors}."
    )


def of_first_sight(found: Json) -> str:
    rows = ([key, points(value)] for key, value in found["scores"].items())
    return f"{found['articles']} articles, model {found['model']}.\n\n" + table(("measure", "score"), rows)


def of_confidence(found: Json) -> str:
    rows = []
    for field, told in found["fields"].items():
        asked = told["asked"]["0.8"]
        rows.append([
            f"`{field}`",
            str(told["items"]),
            points(told["right"]),
            f"{told['ece']:.3f}",
            f"{told['ece_by_chance']:.3f}",
            f"{told['ours']['ece']:.3f}" if "ours" in told else "",
            "" if "score_ece" not in told else f"{told['score_ece']:.3f}",
            "-" if told["ranking"] is None else f"{told['ranking']:.2f}",
            f"{points(asked['kept'])} / {points(asked['right'])}",
            f"at most {HELD[field]}" if field in HELD else "",
        ])  # fmt: skip
    head = ("field", "items", "right", "error", "by chance", "on our own readings", "of the bare score", "ranking", "kept / right from 0.8 on", "floor")
    parts = [f"Fitted on {found['articles']} articles, measured in {found['parts']} parts.", table(head, rows)]
    parts += [_reliability(field, found["fields"][field]["bins"]) for field in HELD if field in found["fields"]]
    return "\n\n".join(parts)


def of_recalibration(found: Json) -> str:
    def cells(told: Json) -> list[str]:
        return [str(told["items"]), points(told["right"]), f"{told['before']:.3f}", f"{told['after']:.3f}", f"{told['by_chance']:.3f}"] if told else [""] * 5

    rows = ([f"`{field}`", *cells(told.get("gold", {})), *cells(told.get("ours", {})), f"at most {HELD[field]}" if field in HELD else ""] for field, told in found["fields"].items())
    head = ("field", "dev: items", "right", "error before", "after", "by chance", "ours: items", "right", "error before", "after", "by chance", "floor")
    return f"{found['outlets']} outlets, measured in {found['parts']} parts.\n\n" + table(head, rows)


def _reliability(field: str, bins: list[list[float]]) -> str:
    rows = [
        ["confidence", *(f"{told:.2f}" for _, told, _ in bins)],
        ["right", *(f"{was:.2f}" for _, _, was in bins)],
    ]
    return f"`{field}`, in bins of {bins[0][0]:.0f} items:\n\n" + table(("", *(str(n + 1) for n in range(len(bins)))), rows)


TREES = ("UPOS", "voice", "UAS", "LAS", "cut")
UDPIPE = {"gsd": ("94.8", "-", "88.7", "82.6", "-"), "csui": ("96.5", "-", "87.9", "83.4", "-")}
"""UDPipe 2 (ud-2.15-241121), gold words: its models page."""
UDPIPE_LEMMAS = {"gsd": "98.5", "csui": "98.8"}
LEMMAS = {"ours, gold tags": "ours", "ours, own tags": "ours, with our own parts of speech", "simplemma": "simplemma", "Snowball": "Snowball", "bare word": "the word itself"}
SPLITTERS = ("ours", "sentencex", "pysbd")
CHAINED = ("MUC", "B-cubed", "CEAF-e", "mean")
SIEVE = ("72.7", "52.2", "-", "-")
"""A multi-pass sieve on IndoCoref, all mentions given (Artari and others, RANLP 2021)."""


def of_public(found: Json) -> str:
    """The public sets: names, trees, lemmas, sentence ends, coreference, places."""
    return "\n\n".join([
        f"Model {found['model']}.",
        table(("names", "in gold", "precision", "recall", "F1"), (
            [name, *(str(row[key]) for key in ("names", "precision", "recall", "F1"))] for name, row in found["names"].items()
        )),
        table(("UD test", "words", *TREES), (
            row
            for name, told in found["trees"].items()
            for row in ([name, str(told["words"]), *(str(told.get(key, "-")) for key in TREES)], ["UDPipe 2", "", *UDPIPE.get(name, ())])
            if len(row) > 2
        )),
        table(("lemmas", *found["lemmas"]), [
            *([title, *(str(row.get(key, "-")) for row in found["lemmas"].values())] for key, title in LEMMAS.items()),
            ["UDPipe 2 (published)", *(UDPIPE_LEMMAS[name] for name in found["lemmas"])],
        ]),
        table(("sentence ends", *SPLITTERS), (
            [name, *(str(row.get(splitter, "-")) for splitter in SPLITTERS)] for name, row in found["sentences"].items()
        )),
        table(("coreference", *CHAINED), [
            *(
                [f"{name}, {setting}", *(str(row[key]) for key in CHAINED)]
                for name, settings in found["coreference"].items()
                for setting, row in settings.items()
            ),
            ["IndoCoref, all (published)", *SIEVE],
        ]),
        table(("places (INA-Geoparser)", "points"), (
            [key, str(value)] for key, value in found["places"].items() if not isinstance(value, dict)
        )),
    ])  # fmt: skip


def of_roles(found: Json) -> str:
    """What trees give to roles."""
    rows = (
        [casting, VOICES.get(voice, voice), str(row["claims"]), str(row["F1"]), str(row["all right"]), "{} ({} to {})".format(*row["gain"])]
        for casting, voices in found["castings"].items()
        for voice, row in voices.items()
        if voice in ("all", "active", "passive")
    )
    head = ("casting", "trigger", "claims", "roles F1", "all parties right", "gain in F1")
    return table(head, rows, right=2) + f"\n\nTrees of the sentences with triggers cost {found['seconds']} CPU-seconds an article."


SECTIONS: Mapping[str, tuple[str, Callable[[Json], str]]] = {
    "crossval": ("breakdown", of_crossval),
    "groups": ("breakdown", of_groups),
    "voices": ("breakdown", of_voices),
    "errors": ("breakdown", of_errors),
    "agreement": ("agreement", of_agreement),
    "first sight": ("first_sight", of_first_sight),
    "confidence": ("calibration", of_confidence),
    "recalibration": ("recalibration", of_recalibration),
    "public": ("public", of_public),
    "roles": ("roles", of_roles),
}
"""By the section's mark: the file of figures, and what makes its text."""


def made(name: str) -> str | None:
    """The text of a section; None where its figures are not there."""
    file, make = SECTIONS[name]
    path = RESULTS / f"{file}.json"
    return make(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def put(page: str, name: str, text: str) -> str:
    """The page with this text between the marks of a section.

    Raises:
        ValueError: the page has no such marks.
    """
    begin, end = f"<!-- {name}: begin", f"<!-- {name}: end -->"
    before, found, rest = page.partition(begin)
    mark, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the page has no marks of the section {name!r}")
    return f"{before}{begin}{mark.partition('-->')[0]}-->\n{text}\n{end}{after}"
