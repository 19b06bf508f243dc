"""A claim in one plain Indonesian sentence, made of its parts by templates.

``Menurut Ayad Allawi, sebagaimana dikutip Antara, pasukan Irak sedang mengepung ISIS di Mosul.``
Nothing is said that the record does not hold; the trigger stands in the article's own form.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..export.wording import shorten
from ..lexicon import read_table
from .telling import Told, Who, Whose
from .times import when

_STATES = {
    "leads": "{actor} memimpin {recipient}",
    "holds-office": "{actor} menjabat {trigger} {recipient}",
    "member-of": "{actor} anggota {recipient}",
    "part-of": "{actor} bagian dari {recipient}",
    "allied-with": "{actor} bersekutu dengan {recipient}",
    "rival-of": "{actor} bersaing dengan {recipient}",
    "controls": "{actor} menguasai {recipient}",
    "capital-of": "{actor} menjadi ibu kota {recipient}",
    "located-in": "{actor} terletak di {recipient}",
    "family-of": "{actor} berkerabat dengan {recipient} ({trigger})",
    "same-as": "{actor} sama dengan {recipient}",
}
_DOUBTED = {
    "denies": "membantah", "doubts": "meragukan", "hopes": "berharap", "fears": "khawatir", "believes": "yakin", "expects": "memperkirakan",
    "promises": "berjanji", "claims": "mengklaim", "warns": "memperingatkan", "admits": "mengakui", "confirms": "membenarkan",
}  # fmt: skip
_BEFORE = {"certain": "", "probable": "kemungkinan besar ", "possible": "mungkin ", "unknown": ""}


def sentence(told: Told, whose: Whose, cue: str) -> str:
    """The sentence, with its first letter a capital and a stop at its end."""
    clause = _clause(told)
    if told.certainty == "unknown":
        clause = f"belum jelas apakah {clause}"
    dated = when(told.time, "id")
    lead = according_to(whose, cue)
    full = f"{lead}{clause}{f' ({dated})' if dated else ''}".strip()
    return f"{full[:1].upper()}{full[1:]}."


def saying(told: Told, whose: Whose, cue: str) -> str:
    """Who said what."""
    words = shorten(told.trigger, 300).rstrip(".")
    lead = according_to(whose, cue)
    full = f"{lead}“{words}”" if told.direct else f"{lead}{words}"
    return f"{full[:1].upper()}{full[1:]}."


def according_to(whose: Whose, cue: str) -> str:
    """``Menurut X, mengutip Y, sebagaimana dikutip Z, ``; empty where the outlet speaks itself."""
    speakers = [who.shown() for who in whose.get("speaker", ())]
    if not speakers:
        return ""
    lead = f"menurut {joined(speakers)}"
    if stance := _DOUBTED.get(_stances().get(cue.casefold(), "")):
        lead = f"{joined(speakers)} {stance}"
    if origins := [who.shown() for who in whose.get("origin", ())]:
        lead += f", dari {joined(origins)}"
    if relays := [who.shown() for who in whose.get("relay", ())]:
        lead += f", sebagaimana dikutip {joined(relays)}"
    return f"{lead} bahwa " if lead.startswith(joined(speakers)) and "," not in lead else f"{lead}, "


@cache
def _stances() -> dict[str, str]:
    return {row["word"].casefold(): row["stance"] for row in read_table("cues", ("word", "stance"))}


def _clause(told: Told) -> str:
    actor, recipient = joined(_shown(told.of("actor"))), joined(_shown(told.of("recipient")))
    places = joined(_shown(told.of("place")))
    if (form := _STATES.get(told.type)) and actor:
        clause = form.format(actor=actor, recipient=recipient or "(tidak disebut)", trigger=told.trigger)
        if told.type == "holds-office":
            clause = f"{actor} menjabat {told.trigger} {recipient}".rstrip()
        head, _, rest = clause[len(actor) :].strip().partition(" ")
        clause = f"{actor} {_tense(told)}{head} {rest}".strip()
    else:
        clause = _event(told, actor, recipient)
    if places and not clause.endswith(places):
        clause += f" di {places}"
    return clause


def _event(told: Told, actor: str, recipient: str) -> str:
    trigger = told.trigger[:1].lower() + told.trigger[1:]
    first = trigger.split()[0] if trigger.split() else ""
    tense = _tense(told)
    if first.startswith("di") and len(first) > 4 and recipient:
        return f"{recipient} {tense}{trigger}{f' oleh {actor}' if actor else ''}"
    if first.startswith("ter") and recipient and not actor:
        return f"{recipient} {tense}{trigger}"
    if first.startswith(("di", "ter")) and len(first) > 4 and actor and not recipient:
        return f"{actor} {tense}{trigger}"
    if first.startswith(("me", "ber", "be", "jalin")) and actor:
        return f"{actor} {tense}{trigger}{f' {recipient}' if recipient and not _with(first) else f' dengan {recipient}' if recipient else ''}"
    kept = f"{tense}ada {trigger}"
    return f"{kept}{f' oleh {actor}' if actor else ''}{f' terhadap {recipient}' if recipient else ''}"


def _with(first: str) -> bool:
    return first.startswith(("ber", "bel", "bek"))


def _tense(told: Told) -> str:
    """What stands before the verb: ``mungkin tidak akan ``, ``sedang ``."""
    denied = "tidak " if told.polarity == "negative" else ""
    future = "akan " if told.tense == "future" else ""
    now = "sedang " if told.tense == "present" and told.type.isupper() and not denied else ""
    once = "pernah " if told.tense == "past" and not told.type.isupper() and not denied else ""
    return f"{_BEFORE[told.certainty]}{denied}{future}{now}{once}"


def _shown(parties: Sequence[Who]) -> list[str]:
    """Names as they are; descriptions without the capital that the beginning of a sentence gave them."""
    return [party.name or (party.text if party.text[1:2].isupper() else party.text[:1].lower() + party.text[1:]) for party in parties]


def joined(names: Sequence[str]) -> str:
    """``A``, ``A dan B``, ``A, B dan C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} dan {names[-1]}"
