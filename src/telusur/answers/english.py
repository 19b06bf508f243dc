"""A claim in one plain English sentence, made of its parts by templates, for readers without Indonesian.

``According to Ayad Allawi, as carried by Antara, Iraqi forces were besieging ISIS in Mosul.``
Words come from two tables (`trigger-verbs`, `in-english`); what they do not know stands in Indonesian, in quotation marks,
rather than being guessed. The original sentence stands beside it wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..analyse.stems import stems
from ..export.wording import shorten
from ..lexicon import read_table
from .telling import Told, Who, Whose
from .times import when

_GENERIC = {
    "AGREE": "agreement", "CONSULT": "talks", "SUPPORT": "support", "CONCEDE": "a concession", "COOPERATE": "cooperation", "AID": "aid",
    "RETREAT": "a retreat", "REQUEST": "a demand", "ACCUSE": "an accusation", "REJECT": "a refusal", "THREATEN": "a threat",
    "PROTEST": "a protest", "SANCTION": "a sanction", "MOBILIZE": "a deployment", "COERCE": "the use of force or of the law",
    "ASSAULT": "an attack", "INVESTIGATE": "an investigation", "OFFICE": "a change of office", "GROUP": "a change of a group",
    "DISASTER": "a disaster", "POLICY": "a measure", "ECONOMY": "an economic development", "plans": "a plan",
}  # fmt: skip
_TOWARDS = {
    "DISASTER": "affecting", "AID": "for", "SUPPORT": "for", "CONCEDE": "for", "REQUEST": "to", "ASSAULT": "on", "THREATEN": "against",
    "ACCUSE": "against", "PROTEST": "against", "SANCTION": "against", "COERCE": "against", "REJECT": "of", "MOBILIZE": "of", "RETREAT": "from",
}  # fmt: skip
"""What stands between the kind of event and the one concerned; *concerning* for all others."""
_MUTUAL = {"CONSULT", "COOPERATE", "AGREE"}
_ENDS = (" with", " on", " from", " for", " against", " to", " at", " of")
_STATES = {
    "leads": ("lead", "leads", "led"), "holds-office": ("be", "is", "was"), "member-of": ("be a member of", "is a member of", "was a member of"),
    "part-of": ("be part of", "is part of", "was part of"), "allied-with": ("be allied with", "is allied with", "was allied with"),
    "rival-of": ("be a rival of", "is a rival of", "was a rival of"), "controls": ("control", "controls", "controlled"),
    "capital-of": ("be the capital of", "is the capital of", "was the capital of"), "located-in": ("lie in", "lies in", "lay in"),
    "family-of": ("be related to", "is related to", "was related to"), "same-as": ("be the same as", "is the same as", "was the same as"),
}  # fmt: skip
_UNCOUNTED = {"public", "military", "government", "crew", "aid", "sea", "world", "land", "money", "oil", "gold", "rice", "water", "evidence", "electricity"}
_MANY = {"talks", "floods", "exports", "imports", "local elections"}
"""Kinds of events that are many."""
_PLURALS = {"people", "police", "troops", "children", "forces", "authorities", "men", "women", "personnel", "aircraft"}
_REPORTED = {"denies": "denied that", "doubts": "doubted that", "hopes": "hoped that", "fears": "feared that", "believes": "was convinced that",
             "expects": "expected that", "promises": "promised that", "asks": "asked whether", "claims": "claimed that", "warns": "warned that",
             "admits": "admitted that", "confirms": "confirmed that"}  # fmt: skip

_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Verb:
    """An English verb in the forms that sentences need. ``bare``: one with an object that may also stand without it."""

    base: str
    past: str
    ing: str
    participle: str
    transitive: bool
    bare: bool = False


@cache
def _verbs() -> dict[str, Verb]:
    """By stem, by ``=word``, and by either behind ``TYPE:``."""
    found = {}
    for row in read_table("trigger-verbs", ("stem", "verb", "past", "ing", "participle", "kind")):
        type_, colon, word = row["stem"].rpartition(":")
        key = word if word.startswith("=") else " ".join(stems(word))
        found[type_ + colon + key] = Verb(row["verb"], row["past"], row["ing"], row["participle"], row["kind"] != "i", row["kind"] == "b")
    return found


@cache
def _words(kind: str) -> dict[str, str]:
    rows = read_table("in-english", ("kind", "id", "en"))
    return {row["id"].casefold(): row["en"].removeprefix("-") for row in rows if row["kind"] == kind}


@cache
def _stances() -> dict[str, str]:
    return {row["word"].casefold(): row["stance"] for row in read_table("cues", ("word", "stance"))}


def sentence(told: Told, whose: Whose, cue: str) -> str:
    """The sentence, with its first letter a capital and a stop at its end."""
    clause = _clause(told)
    if told.certainty == "unknown":
        clause = f"it is not clear whether {clause}"
    dated = when(told.time, "en")
    return _finished(f"{_according_to(whose, cue)}{clause}{f' ({dated})' if dated else ''}")


def saying(told: Told, whose: Whose, cue: str) -> str:
    """Who said what; the words themselves stay in Indonesian."""
    return _finished(f"{_according_to(whose, cue)}“{shorten(told.trigger, 300).rstrip('.')}”")


def _finished(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('…') else '.'}"


def _according_to(whose: Whose, cue: str) -> str:
    """``According to X, who cites Y, as carried by Z, ``; with a denial or a hope, that instead."""
    speakers = [_party(who) for who in whose.get("speaker", ())]
    if not speakers:
        return ""
    stance = _stances().get(cue.casefold()) or _stances().get(cue.casefold().removesuffix("nya")) or ""
    origins, relays = [_party(who) for who in whose.get("origin", ())], [_party(who) for who in whose.get("relay", ())]
    aside = f", citing {_joined(origins)}" if origins else ""
    aside += f", as carried by {_joined(relays)}" if relays else ""
    if stance in _REPORTED:
        return f"{_joined(speakers)}{aside}{',' if aside else ''} {_REPORTED[stance]} "
    return f"according to {_joined(speakers)}{aside}, "


# --- the clause -------------------------------------------------------------------------------------------------


def _clause(told: Told) -> str:
    actors, recipients = [_party(p) for p in told.of("actor")], [_party(p) for p in told.of("recipient")]
    places = [_party(p) for p in told.of("place")]
    where = f" {'at' if places[0].startswith(('Gunung ', 'Mount ', 'Jalan ')) else 'in'} {_joined(places)}" if places else ""
    if told.type in _STATES and actors:
        return _state(told, actors, recipients) + where
    verb = None if told.type == "plans" else _verb_of(told.trigger, told.type)
    if verb is None or not (actors or recipients) or (not actors and verb.base.endswith(" with")):
        return _named(told, actors, recipients) + where
    if actors and not recipients and verb.transitive and (told.trigger.casefold().startswith("ter") or _first_is("befalls", told.trigger)):
        return f"{_joined(actors)} {_passive(told, verb, actors)}{where}"  # terusir: the one who is driven out stands as actor
    if actors:
        lacks = verb.transitive and not verb.bare and not recipients
        if lacks and places and _first_is("enters", told.trigger):
            return f"{_joined(actors)} {_active(told, verb, actors)} {_joined(places)}"  # thousands left Muara
        if lacks and _is_told_of(told.trigger) and verb.base not in _words("alone"):  # Brighton rejected …: what, the record does not hold
            return f"{_joined(actors)} {_active(told, verb, actors)} …{where}"
        verb = verb if recipients else _alone(verb)
        object_ = f" {_joined(recipients)}" if recipients and verb.transitive else ""
        return f"{_joined(actors)} {_active(told, verb, actors)}{object_ if object_ or not recipients else f' ({_joined(recipients)})'}{where}"
    if _first_is("receives", told.trigger) or _first_is("gets", told.trigger):
        return f"{_joined(recipients)} {_active(told, verb, recipients)}{' …' if verb.transitive else ''}{where}"
    if _words("alone").get(verb.base) and not told.trigger.casefold().startswith(("di", "me")):
        verb = _alone(verb)  # prices fell: nobody is said to have lowered them
    if not verb.transitive:
        return f"{_joined(recipients)} {_active(told, verb, recipients)}{where}"
    return f"{_joined(recipients)} {_passive(told, verb, recipients)}{where}"


def _is_told_of(trigger: str) -> bool:
    """Whether a trigger is a verb with an object beside it, told or not: *menolak*, *ditolak*, *tolak*; *bantuan* is help as such."""
    return (trigger.casefold().startswith(("me", "di")) or _first_is("acts", trigger)) and len(trigger.split()) == 1


def _alone(verb: Verb) -> Verb:
    """A verb without its object: *met*, not *met with*; prices *fell*, nobody lowered them."""
    if other := _words("alone").get(verb.base):
        base, past, ing, participle = other.split("/")
        return Verb(base, past, ing, participle, transitive=False)
    ending = next((end for end in _ENDS if verb.transitive and verb.base.endswith(end)), "")
    base, past, ing, participle = (form.removesuffix(ending) for form in (verb.base, verb.past, verb.ing, verb.participle))
    return Verb(base, past, ing, participle, verb.transitive)


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("telling-words", ("kind", "word")) if row["kind"] == kind)


def _first_is(kind: str, trigger: str) -> bool:
    """Whether a trigger's first word is of a kind: *tewas* befalls its subject, of *mendapat* the one concerned is the subject."""
    return next(iter(trigger.casefold().split()), "") in _of_kind(kind)


def _state(told: Told, actors: Sequence[str], recipients: Sequence[str]) -> str:
    base, now, before = _STATES[told.type]
    many = _is_many(actors)
    now = {"is": "are", "was": "were"}.get(now, now) if many else now
    if many and not now.startswith(("is ", "are")) and now == f"{base}s":
        now = base
    object_ = _joined(recipients) or ("an unnamed one" if told.type != "holds-office" else "")
    if told.type == "holds-office":
        object_ = _office(told.trigger) + (f" of {_joined(recipients)}" if recipients else "")
    if told.type == "capital-of" and "de facto" in told.trigger.casefold():
        base, now, before = (form.replace("the capital", "the de facto capital") for form in (base, now, before))
    told_as = {"probable": "probably ", "possible": "possibly "}.get(told.certainty, "")
    if told.tense == "future":
        verb = f"{'will not' if told.polarity == 'negative' else 'will'} {told_as}{base}"
    elif told.polarity == "negative":
        head, _, rest = now.partition(" ")
        plain = f"{head} not {rest}".strip() if head in ("is", "are") else f"{'do' if many else 'does'} not {base}"
        verb = f"{told_as}{plain}"
    else:
        verb = f"{told_as}{before if told.tense == 'past' else now}"
    return f"{_joined(actors)} {verb} {object_}".rstrip()


def _named(told: Told, actors: Sequence[str], recipients: Sequence[str]) -> str:
    """Where no verb is known: the kind of event, with the article's own word."""
    event = _words("event").get(told.trigger.casefold())
    kind = event or _GENERIC.get(told.type, "something")
    by = f" {'concerning' if told.type == 'ECONOMY' else 'by'} {_joined(actors)}" if actors else ""
    at = f" {_TOWARDS.get(told.type, 'concerning')} {_joined(recipients)}" if recipients else ""
    if told.type in _MUTUAL and recipients:
        by, at = (f" between {_joined([*actors, *recipients])}", "") if actors else ("", f" with {_joined(recipients)}")
    many = kind in _MANY
    be = {"past": "were" if many else "was", "present": "are" if many else "is", "future": "will be"}[told.tense]
    if told.tense == "future" and told.certainty == "possible":
        be = "may be"
    if told.polarity == "negative":
        be = f"{be} no"
        kind = kind.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    sure = {"probable": "probably ", "possible": "" if be.startswith("may") else "possibly "}.get(told.certainty, "")
    head = f"there {sure}{be}" if told.tense != "future" or not sure else f"there will {sure}{be.removeprefix('will ')}"
    return f"{head} {kind}{by}{at}{'' if event else f' (“{told.trigger}”)'}"


def _active(told: Told, verb: Verb, subjects: Sequence[str]) -> str:
    was, denied = ("were" if _is_many(subjects) else "was"), told.polarity == "negative"
    sure = {"probable": "probably ", "possible": "possibly "}.get(told.certainty, "")
    if verb.base.startswith("be ") and told.tense != "future":
        return f"{was} {'not ' if denied else ''}{sure}{verb.base.removeprefix('be ')}"
    if told.tense == "future":
        if told.certainty == "possible":
            return f"may{' not' if denied else ''} {verb.base}"
        return f"will {'not ' if denied else ''}{sure}{verb.base}"
    if told.tense == "present":
        return f"{was} {'not ' if denied else ''}{sure}{verb.ing}"
    if denied:
        return f"{sure}did not {verb.base}"
    return f"may have {verb.participle}" if told.certainty == "possible" else f"{sure}{verb.past}"


def _passive(told: Told, verb: Verb, subjects: Sequence[str]) -> str:
    was, denied = ("were" if _is_many(subjects) else "was"), " not" if told.polarity == "negative" else ""
    sure = {"probable": "probably ", "possible": "possibly "}.get(told.certainty, "")
    if told.tense == "future":
        return f"{'may' if told.certainty == 'possible' else 'will'}{denied} be {verb.participle}"
    return f"{was}{denied} {sure}{'being ' if told.tense == 'present' else ''}{verb.participle}"


def _verb_of(trigger: str, type_: str) -> Verb | None:
    """The verb of a trigger: of the word as it stands, of its stems in claims of this type, of all its words, its first two, or one of them."""
    word = trigger.casefold()
    for key in (f"={word}", f"={word.removesuffix('nya')}"):
        if found := _verbs().get(f"{type_}:{key}") or _verbs().get(key):
            return found
    words = stems(trigger)
    if found := _verbs().get(f"{type_}:{' '.join(words)}"):
        return found
    if word.startswith("ber") and len(words) == 1:
        found = _verbs().get(words[0])  # bertahan is not menahan: only what is done with another, or alone
        return found if found and (not found.transitive or found.bare or found.base.endswith(_ENDS) or found.base in ("battle", "fight", "meet")) else None
    for some in (words, words[:2], *([word] for word in words)):
        if found := _verbs().get(" ".join(some)):
            return found
    return None


# --- parties ----------------------------------------------------------------------------------------------------


def _party(who: Who) -> str:
    if who.name:
        return _words("name").get(who.name.casefold(), who.name)
    return describe(who.text)


def describe(text: str) -> str:
    """A description in English where the tables know all of it, else its own words in quotation marks."""
    folded = text.casefold().strip()
    for ending in (" tersebut", " itu", " ini"):
        folded = folded.removesuffix(ending)
    for known in (folded, text.casefold().strip()):
        if told := _words("noun").get(known):
            return told
    if _NUMBER.fullmatch(folded):
        return folded
    head, _, rest = folded.partition(" ")
    told = (_described(rest) or describe(rest)) if rest and (head in _words("count") or _NUMBER.fullmatch(head)) else "“"
    if not told.startswith("“"):
        core = told.removeprefix("the ").removeprefix("a ").removeprefix("an ")
        if head in _ONE:
            core = _single(core)
            return f"one {core}" if head in ("1", "satu") else f"{'an' if core[:1] in 'aeio' else 'a'} {core}"
        if head in _UNIT_OF_MANY or told.startswith(("a ", "an ", "the ")):
            core = _several(core)
        return f"{_words('count').get(head, head)} {core}".strip()
    return _described(folded) or f"“{text}”"


_ONE = {"seorang", "sebuah", "seekor", "satu", "1"}
_UNIT_OF_MANY = {"para", "berbagai", "beberapa", "sejumlah"}
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "people": "person", "police": "police officer", "business people": "business person",
              "police officers": "police officer", "companies": "company", "parties": "party", "countries": "country", "authorities": "authority",
              "security forces": "member of the security forces", "witnesses": "witness", "members of parliament": "member of parliament",
              "members of the armed forces": "member of the armed forces", "babies": "baby", "elderly people": "elderly person", "young people": "young person",
              "people with disabilities": "person with a disability"}  # fmt: skip


def _single(core: str) -> str:
    """``residents`` as resident, of one."""
    if core in _IRREGULAR:
        return _IRREGULAR[core]
    head, _, last = core.rpartition(" ")
    if last in _IRREGULAR:
        return f"{head} {_IRREGULAR[last]}".strip()
    return core.removesuffix("s") if not core.endswith("ss") else core


def _several(core: str) -> str:
    """``house`` as houses; what is many already, and what cannot be counted, stays."""
    if (core.endswith("s") and not core.endswith("ss")) or core.rpartition(" ")[2] in _PLURALS | _UNCOUNTED:
        return core
    if core.endswith(("ss", "sh", "ch", "x")):
        return f"{core}es"
    return f"{core[:-1]}ies" if core.endswith("y") and core[-2:-1] not in "aeiou" else f"{core}s"


def _described(text: str) -> str | None:
    """``pasukan irak`` as Iraqi forces; None where a word is unknown."""
    if told := _words("noun").get(text):
        return told
    words = text.split()
    for cut in range(len(words) - 1, 0, -1):
        noun, rest = " ".join(words[:cut]), " ".join(words[cut:])
        if noun in _words("noun"):
            core = _words("noun")[noun].removeprefix("the ").removeprefix("a ")
            article = "the " if _words("noun")[noun].startswith("the ") else ""
            if rest in _words("of"):
                return f"{article}{_words('of')[rest]} {core}"
            parts = rest.split(" dan ")
            if all(part in _words("of") or part in _words("name") for part in parts):
                adjectives = [_words("of").get(part) or _words("name")[part].removeprefix("the ").replace("Middle East", "Middle Eastern") for part in parts]
                return f"{article}{_joined(adjectives)} {core}"
    return None


def _office(trigger: str) -> str:
    """An office in English, where the table knows it or how it begins."""
    folded = trigger.casefold()
    told = _words("office").get(folded, f"“{trigger}”")
    return f"a {told}" if told[:1].islower() else told


def _is_many(parties: Sequence[str]) -> bool:
    if len(parties) != 1:
        return len(parties) > 1
    last = parties[0].strip("”").split()[-1].casefold() if parties[0].split() else ""
    if _NUMBER.fullmatch(last):
        return last != "1"
    if parties[0].startswith("“"):
        return parties[0][1:].partition(" ")[0].casefold() in _words("count").keys() - _ONE
    lower = not parties[0][:1].isupper() or any(parties[0].endswith(f" {word}") for word in ("forces", "people", "residents"))
    return lower and ((last.endswith("s") and not last.endswith("ss")) or last in _PLURALS)


def _joined(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


