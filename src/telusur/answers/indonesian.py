"""A claim in one plain Indonesian sentence, made of its parts by templates.

``Menurut Ayad Allawi, sebagaimana dikutip Antara, pasukan Irak sedang mengepung ISIS di Mosul.``
Nothing is said that the record does not hold; the trigger stands in the article's own form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..analyse.stems import stems
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
_MUTUAL = {"CONSULT", "COOPERATE", "AGREE"}
_ONE_SIDED = {"kunjungan", "komitmen", "persetujuan", "apresiasi", "pendampingan", "panggilan", "pembelian", "penjualan", "impor", "ekspor", "investasi", "kesanggupan"}
_GIVING = {"penyaluran", "pembagian", "pemberian", "pendistribusian", "pengiriman", "pembangunan", "perhatian"}
_SIDES = {
    "AID": ("dari", "untuk"), "SUPPORT": ("dari", "terhadap"), "REQUEST": ("dari", "kepada"), "CONCEDE": ("dari", "untuk"), "THREATEN": ("dari", "terhadap"),
    "ACCUSE": ("dari", "terhadap"), "REJECT": ("dari", "terhadap"), "PROTEST": ("dari", "terhadap"),
}  # fmt: skip
"""What stands before the one who does and the one to whom, with a noun."""

_PREPOSITIONS = {
    "berdampak": "pada", "berpengaruh": "pada", "bergantung": "pada", "berjanji": "kepada", "berterima": "kepada", "beralih": "ke", "berkunjung": "ke",
    "berinvestasi": "di", "berlaku": "bagi", "berharap": "kepada", "berpesan": "kepada", "berpihak": "kepada", "bersumpah": "kepada",
    "berkontribusi": "bagi", "bertanggung": "atas", "berkisar": "pada", "menang": "atas", "unggul": "atas", "kalah": "dari", "imbang": "dengan",
    "mundur": "dari", "keluar": "dari", "pensiun": "dari", "masuk": "ke", "pergi": "ke", "datang": "ke", "kembali": "ke", "lolos": "ke",
    "tiba": "di", "bergabung": "dengan",
}  # fmt: skip

_OF_PEOPLE = {"tewas", "luka", "luka-luka", "terluka", "cedera", "meninggal", "meninggal dunia", "gugur", "wafat"}
_NUMBER = re.compile(r"\d[\d.,]*")
_BEFORE = {"certain": "", "probable": "kemungkinan besar ", "possible": "mungkin ", "unknown": ""}


def sentence(told: Told, whose: Whose, cue: str) -> str:
    """The sentence, with its first letter a capital and a stop at its end."""
    clause = _clause(told)
    if told.certainty == "unknown":
        clause = f"belum jelas apakah {clause}"
    dated = when(told.time, "id")
    lead = according_to(whose, cue)
    full = f"{lead}{clause}{f' ({dated})' if dated else ''}".strip()
    return f"{full[:1].upper()}{full[1:]}{'' if full.endswith('…') else '.'}"


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
        clause += f" {places}" if _kind(told.trigger) == "enters" and not recipient else f" di {places}"
    return clause


def _event(told: Told, actor: str, recipient: str) -> str:
    """The clause of an event: with a verb, around its subject; with a noun, as something that there is."""
    trigger = told.trigger[:1].lower() + told.trigger[1:]
    trigger = "berterima kasih" if trigger == "terima kasih" else trigger
    first, kind, tense = next(iter(trigger.split()), ""), _kind(trigger), _tense(told)
    if kind == "befalls" and (actor or recipient):  # 12 orang tewas; who caused it stands behind
        fallen = recipient or actor
        fallen = f"{fallen} orang" if _NUMBER.fullmatch(fallen) and trigger in _OF_PEOPLE else fallen
        return f"{fallen} {tense}{trigger}{f' oleh {actor}' if actor and recipient else ''}"
    if kind in ("predicate", "acts", "receives", "gets", "role") or _is_bare_verb(first):
        return _around(actor, recipient, trigger, tense, with_object=kind not in ("receives", "gets") or bool(actor))
    if _is_passive(first) and recipient:
        return f"{recipient} {tense}{trigger}{f' oleh {actor}' if actor else ''}"
    if first.startswith("ter") and recipient and not actor:
        return f"{recipient} {tense}{trigger}"
    if _is_passive(first) and actor and not recipient:  # dibakar KBB: who did it is told, what was burned is not
        return f"{tense}ada yang {trigger} {actor}"
    if first.startswith("ter") and len(first) > 4 and actor and not recipient:  # terusir: the one who is driven out stands as actor
        return f"{actor} {tense}{trigger}"
    if (_is_passive(first) or (first.startswith("ter") and len(first) > 4)) and not (actor or recipient):
        return f"{tense}ada yang {trigger}"
    if first.startswith("ber") and len(first) > 5:
        return _around(actor, recipient, trigger, tense, with_object=True)
    if first.startswith(("me", "bel", "bek", "jalin")):
        return _around(actor, recipient, trigger, tense, with_object=bool(recipient))
    return f"{tense}{_noun(told, first, trigger, actor, recipient)}"


def _around(actor: str, recipient: str, trigger: str, tense: str, *, with_object: bool) -> str:
    """A verb with its subject; where nobody is named as doing it, ``ada yang …``, or the one concerned.

    An object that the verb must have and the record does not hold is an ellipsis: ``Brighton menolak …``
    """
    first, kind = trigger.split()[0], _kind(trigger)
    if actor:
        lacks = ((first.startswith("me") and not kind) or kind in ("acts", "gets")) and len(trigger.split()) == 1
        return f"{actor} {tense}{trigger}{f' {_with(trigger)}{recipient}' if recipient else ' …' if lacks else ''}"
    if recipient and with_object and (first.startswith(("me", "jalin")) or kind == "acts"):
        return f"{tense}ada yang {trigger} {recipient}"
    return f"{recipient} {tense}{trigger}{' …' if kind == 'gets' else ''}" if recipient else f"{tense}ada yang {trigger}"


def _noun(told: Told, first: str, trigger: str, actor: str, recipient: str) -> str:
    """``ada serangan oleh Israel terhadap Gaza``, ``terjadi kebakaran yang menimpa tiga rumah``, ``ada pertemuan antara A dan B``."""
    if told.type == "DISASTER":
        return f"terjadi {trigger}{f' yang menimpa {recipient}' if recipient else ''}{f' akibat {actor}' if actor else ''}"
    if told.type in _MUTUAL and first not in _ONE_SIDED and (actor or recipient):
        if actor and recipient:
            return f"ada {trigger} antara {actor} {'dengan' if ' dan ' in actor + recipient else 'dan'} {recipient}"
        return f"ada {trigger} {'antara' if ' dan ' in (actor or recipient) else 'dengan'} {actor or recipient}"
    if told.type == "ECONOMY" and actor and not recipient and not first.startswith("tekan"):
        return f"{'terjadi' if first.startswith(('pe', 'ke')) else 'ada'} {trigger} {actor}"
    by, at = _SIDES.get(told.type, ("oleh", "terhadap"))
    if told.type == "AID" and first.startswith("pe") and first not in _GIVING:
        by, at = "oleh", "terhadap"
    return f"ada {trigger}{f' {by} {actor}' if actor else ''}{f' {at} {recipient}' if recipient else ''}"


def _kind(trigger: str) -> str:
    """How a trigger stands in a sentence, by its first two words or its first; "" where the table does not say."""
    words = trigger.casefold().split()
    return _kinds().get(" ".join(words[:2])) or _kinds().get(" ".join(words[:1])) or ""


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in read_table("telling-words", ("kind", "word"))}


def _is_passive(first: str) -> bool:
    """Whether a word is a passive verb: *dibakar*, not *diskusi*."""
    return first.startswith("di") and len(first) > 4 and stems(first) != [first]


def _is_bare_verb(first: str) -> bool:
    """Whether a word is a verb without its prefix, as headlines write it: *wajibkan*, *salurkan*; *tekanan* is none."""
    return first.endswith("kan") and len(first) > 5 and not first.startswith(("me", "di", "pe", "ke", "ber", "ter"))


def _with(trigger: str) -> str:
    """What stands before the other party, with the space behind it: ``dengan ``, ``kepada ``; "" for an object."""
    first = trigger.split()[0]
    if other := _PREPOSITIONS.get(first):
        return f"{other} "
    mutual = first.startswith(("ber", "bel", "bek", "jalin")) or trigger.startswith(("menjalin ", "sepakat"))
    return "dengan " if mutual else ""


def _tense(told: Told) -> str:
    """What stands before the verb: ``mungkin tidak akan ``, ``sedang ``."""
    denied = "tidak " if told.polarity == "negative" and not told.trigger.casefold().startswith(("tidak", "belum", "tak ")) else ""
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
