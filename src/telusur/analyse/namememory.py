"""The rules on names that need the whole article: what one place of it tells of another.

A name that the model marked here and left out there is marked in both; known places and bodies are marked wherever
they stand by themselves; a short form in brackets is a second name of what stands before it; and one name has one
type all through the article.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ..lexicon import words as word_list
from ..model.layers import EntityType
from .namelines import TITLED, Draft, Line
from .namerules import head_at, is_acronym_word, is_medium, is_title, personal_titles, titles
from .names import is_acronym, is_syllables, plain, stands_for, words_of
from .nametables import (
    is_area,
    is_big_city,
    is_capital_city,
    is_country,
    is_plain_area,
    known_types,
    sizes_from,
    sure_names,
    traps,
)

LEAST_SCORE = 0.5
"""The model's score from which a name is looked for elsewhere in the article."""
MOST_ADDED = 3
"""Words by which a name is lengthened on either side."""
LONGEST = 8
"""Words of the longest name that is looked for elsewhere."""

Form = tuple[str, ...]


# --- run together -------------------------------------------------------------------------------------------------


def drop_glued(lines: list[Line]) -> None:
    """Drops names that the site ran together with other words: ``Trumpmengatakan``, ``PresidenLee``."""
    small = _ordinary(lines)
    large = frozenset(w for line in lines for w in line.words if w[0].isupper())
    for line in lines:
        line.glued = frozenset(i for i, w in enumerate(line.words) if len(w) > 5 and is_run_together(w, small, large))
        if line.glued:
            line.drafts = [d for d in line.drafts if not _touches_glued(line, d)]


def _touches_glued(line: Line, draft: Draft) -> bool:
    """Whether a name holds a word that was run together, or stands right behind one that ends in a name of its own."""
    if any(i in line.glued for i in range(draft.start, draft.end)):
        return True
    return draft.type == "PER" and draft.start - 1 in line.glued and line.follows(draft.start) and not line.words[draft.start - 1][1:].islower()


def is_run_together(word: str, small: frozenset[str], large: frozenset[str]) -> bool:
    """Whether a word is two that lost the space between them, as the article's other words show.

    Args:
        word: the word in question.
        small: words that the article writes small.
        large: words that the article writes with a capital.
    """
    cut = next((i for i in range(2, len(word) - 1) if word[i].isupper() != word[i - 1].isupper() and i > 1), 0)
    if cut and word[cut].isupper():  # `kemanusiaanPerserikatan`
        front = word[:cut]
        return not is_medium(word) and (front in small or front in large or front.casefold() in small or front.casefold() in titles() or is_area(front))
    if cut > 2 and word[:cut].isupper():  # `AFPmemberitakan`
        return word[:cut] in large or word[:cut] in known_types()
    if not word[0].isupper() or not word[1:].islower():
        return False
    return any(word[:n] in large and (word[n:] in small or _VERB.fullmatch(word[n:])) for n in range(4, len(word) - 2))


_VERB = re.compile(r"(?:me|ber|di|ter)[a-z]{4,}")


# --- marking more -------------------------------------------------------------------------------------------------


def add_bracketed(lines: list[Line]) -> None:
    """Marks ``(BI)`` behind a marked ``Bank Indonesia`` and ``(PAP)`` behind a person with these initials."""
    for line in lines:
        owners = line.owners()
        for draft in list(line.drafts):
            at = draft.end + 1
            if at + 1 >= len(line.words) or line.words[draft.end] != "(" or line.words[at + 1] != ")":
                continue
            short, long = line.words[at], line.written(draft)
            if owners[at] is None and _shortens(short, long):
                line.drafts.append(Draft(at, at + 1, draft.type))
        line.drafts.sort(key=lambda d: d.start)


def _shortens(short: str, long: str) -> bool:
    if not short[0].isupper() or short.casefold() in word_list("unnamed-words"):
        return False
    name = words_of(long)
    return ((is_acronym(short) or len(short) > 3) and stands_for(short, name)) or is_syllables(short.casefold(), name)


def mend_known(lines: list[Line]) -> None:
    """Makes one name of a known name of several words that the model cut: ``Amerika | Serikat``, ``Tel | Aviv``."""
    for line in lines:
        owners = line.owners()
        at = 0
        while at < len(line.words):
            size = _broken_size(line, owners, at) if line.is_capital(at) else 0
            if size:
                _mend(line, owners, at, at + size)
            at += size or 1


def _broken_size(line: Line, owners: list[Draft | None], at: int) -> int:
    """How many words from ``at`` on are one known name that no single name of the model holds whole; 0 where none."""
    for size in sizes_from(line.words[at]):
        end = at + size
        held = {id(d): d for d in owners[at:end] if d is not None}.values()
        if size == 1 or end > len(line.words) or not held or any(d.start <= at and d.end >= end for d in held):
            continue
        name = _text(line, at, end)
        if name in known_types() or (size < 4 and all(line.follows(i) and line.is_capital(i) for i in range(at + 1, end)) and (is_country(name) or is_area(name))):
            return size
    return 0


def _mend(line: Line, owners: list[Draft | None], at: int, end: int) -> None:
    """Gives the words of a known name to one name: the body that began before them, else a name of their own."""
    first, last = owners[at], owners[end - 1]
    scores = [d.score for d in owners[at:end] if d is not None and d.score is not None]
    kind = known_types().get(_text(line, at, end), "LOC")
    line.drafts = [d for d in line.drafts if d.end <= at or d.start >= end]
    if first is not None and first.start < at and first.type == "ORG":
        whole = Draft(first.start, end, "ORG", first.score)
    else:
        whole = Draft(at, end, kind, max(scores) if scores else None)
        if first is not None and first.start < at:
            line.drafts.append(Draft(first.start, at, first.type, first.score))
    line.drafts.append(whole)
    if last is not None and last.end > end:
        line.drafts.append(Draft(end, last.end, "PER" if kind == "LOC" else last.type, last.score))
    line.drafts.sort(key=lambda d: d.start)
    owners[:] = line.owners()


def add_known(lines: list[Line]) -> None:
    """Marks countries, provinces, regencies, cities and known short forms that the model left out."""
    ordinary = _ordinary(lines)
    for line in lines:
        owners = line.owners()
        at = 0
        while at < len(line.words):
            size = 0 if owners[at] is not None or not (line.is_capital(at) or is_medium(line.words[at])) else _known_size(line, owners, at, ordinary)
            if size:
                name = _text(line, at, at + size)
                line.drafts.append(Draft(at, at + size, "ORG" if is_medium(name) else known_types().get(name, "LOC")))
            at += size or 1
        line.drafts.sort(key=lambda d: d.start)


def _text(line: Line, start: int, end: int) -> str:
    return line.text[line.spans[start].start : line.spans[end - 1].end]


def _ordinary(lines: list[Line]) -> frozenset[str]:
    """Words that the article also writes small: a capital alone makes no name of them."""
    return frozenset(w for line in lines for w in line.words if w[0].islower())


def _known_size(line: Line, owners: list[Draft | None], at: int, ordinary: frozenset[str]) -> int:
    """How many words from ``at`` on are a known name that stands by itself; 0 where none is."""
    if _goes_on_before(line, owners, at):
        return 0
    for size in sizes_from(line.words[at]):
        end = at + size
        if end > len(line.words) or any(owners[i] is not None for i in range(at + 1, end)):
            continue
        name = _text(line, at, end)
        if line.gap(at) == "" and line.words[at - 1] in ("@", "_", "#"):
            return 0
        if line.gap(end) == "" and end < len(line.words) and (line.words[end] in ("$", "_") or line.words[end][0].isalnum()):
            continue
        if line.folded(at, end + 1) in word_list("unnamed-words"):
            return 0
        if name in sure_names() or is_medium(name):
            return size
        if size > 3 or any(not line.follows(i) or not line.is_capital(i) for i in range(at + 1, end)):
            continue
        if size == 1 and name.casefold() in word_list("place-verbs"):
            continue
        if is_country(name) or (is_area(name) and not (size == 1 and name.casefold() in ordinary)):
            return 0 if _goes_on_behind(line, owners, end) else size
    return 0


def _is_loose(line: Line, owners: list[Draft | None], at: int) -> bool:
    """Whether a word has a capital, belongs to no name and is no title: part of a name that nobody knows."""
    if not line.is_capital(at) or owners[at] is not None or line.kind in TITLED:
        return False
    folded = line.words[at].casefold()
    return folded not in titles() and folded not in word_list("unnamed-words") and folded not in word_list("sentence_openers")


def _goes_on_before(line: Line, owners: list[Draft | None], at: int) -> bool:
    return line.follows(at) and _is_loose(line, owners, at - 1) and not line.opens_sentence(at - 1) and head_at(line, at - 1) is None


def _goes_on_behind(line: Line, owners: list[Draft | None], at: int) -> bool:
    return line.follows(at) and _is_loose(line, owners, at) and not is_acronym_word(line.words[at])


def add_repeated(lines: list[Line]) -> None:
    """Marks a name again where the model left it out, and the single parts of people's full names."""
    forms = _forms(lines)
    firsts: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        firsts[form[0]].append(form)
    for line in lines:
        owners = line.owners()
        for at in range(len(line.words)):
            if owners[at] is not None or not line.is_capital(at):
                continue
            folded = line.words[at].casefold()
            form = next((f for f in firsts.get(folded, ()) if _stands(line, owners, at, f)), None)
            if form is not None:
                draft = Draft(at, at + len(form), forms[form])
                line.drafts.append(draft)
                for i in range(at, draft.end):
                    owners[i] = draft
        line.drafts.sort(key=lambda d: d.start)


def _stands(line: Line, owners: list[Draft | None], at: int, form: Form) -> bool:
    end = at + len(form)
    if end > len(line.words) or any(owners[i] is not None for i in range(at, end)):
        return False
    if tuple(w.casefold() for w in line.words[at:end]) != form:
        return False
    if len(form) == 1 and (is_title(line, at) or _goes_on_behind(line, owners, end)):
        return False
    return True


def _forms(lines: list[Line]) -> dict[Form, EntityType]:
    """The names to look for: those that the model is sure of, and what single words say of one person."""
    votes: dict[Form, Counter[EntityType]] = defaultdict(Counter)
    parts: dict[str, set[Form]] = defaultdict(set)
    ordinary = _ordinary(lines)
    for line in lines:
        for draft in line.drafts:
            form = tuple(w.casefold() for w in line.words[draft.start : draft.end])
            if draft.score is None or draft.score < LEAST_SCORE or len(form) > LONGEST or not line.is_capital(draft.start):
                continue
            votes[form][draft.type] += 1
            if draft.type == "PER" and len(form) > 1:
                for word in form:
                    parts[word].add(form)
    out = {f: v.most_common(1)[0][0] for f, v in votes.items() if _is_telling(f, ordinary)}
    for word, wholes in parts.items():
        if len(wholes) == 1 and len(word) > 3 and _is_telling((word,), ordinary) and not is_area(word):
            out.setdefault((word,), "PER")
    return out


def _is_telling(form: Form, ordinary: frozenset[str]) -> bool:
    if len(form) > 1:
        return True
    word = form[0]
    return len(word) > 1 and word[0].isalpha() and word not in ordinary and word not in traps() and word not in titles() and word not in word_list("unnamed-words")


def lengthen(lines: list[Line]) -> None:
    """Gives a name the capitalised words right beside it that the model left out: ``Purbaya | Yudhi Sadewa``."""
    ordinary = _ordinary(lines)
    for line in lines:
        if line.kind in TITLED:
            continue
        owners = line.owners()
        for draft in line.drafts:
            for _ in range(MOST_ADDED):
                if not line.follows(draft.end) or not _is_more(line, owners, draft.end, ordinary) or _is_whole(line, draft):
                    break
                owners[draft.end] = draft
                draft.end += 1
            at = draft.start - 1
            if draft.type == "PER" and line.follows(draft.start) and _is_more(line, owners, at, ordinary) and _may_begin(line, at):
                owners[at] = draft
                draft.start = at


def _is_whole(line: Line, draft: Draft) -> bool:
    """Whether a name can take no more words: places, short forms, what the tables know."""
    return draft.type == "LOC" or line.written(draft) in known_types() or (draft.end - draft.start == 1 and is_acronym_word(line.words[draft.start]))


def _may_begin(line: Line, at: int) -> bool:
    """Whether a person's name may begin here: behind a personal title or a small word, not behind an office (``Menteri Pangan``)."""
    if at == 0 or not line.follows(at):
        return False
    before = line.words[at - 1]
    return before.casefold() in personal_titles() or before[0].islower() or before[0].isdigit()


def _is_more(line: Line, owners: list[Draft | None], at: int, ordinary: frozenset[str]) -> bool:
    """Whether a word may be the part of a name that the model left out."""
    if not 0 <= at < len(line.words) or not _is_loose(line, owners, at):
        return False
    word = line.words[at]
    return word.isalpha() and not (is_acronym_word(word) and len(word) > 1) and word.casefold() not in ordinary and head_at(line, at) is None


# --- one type -----------------------------------------------------------------------------------------------------


def settle_types(lines: list[Line]) -> None:
    """Gives a name one type all through the article: what the tables know of it, else what most places say."""
    votes: dict[Form, Counter[EntityType]] = defaultdict(Counter)
    for line, draft, form in _all(lines):
        votes[form][draft.type] += draft.score or 0  # type: ignore[assignment]
    told = _bracketed_types(lines)
    people = {word for form, v in votes.items() if len(form) > 1 and v["PER"] > 0 for word in form}
    for line, draft, form in _all(lines):
        known = _known_type(line, draft)
        if known is None and draft.type == "PER" and form[0] not in people and _is_area_by_itself(line, draft):
            known = "LOC"
        if known is None and len(form) == 1 and form[0] in people:
            known = "PER"
        best = votes[form].most_common(1)[0]
        draft.type = known or told.get(form) or (best[0] if best[1] > 0 else draft.type)


def _is_area_by_itself(line: Line, draft: Draft) -> bool:
    """Whether a name that the model took for a person's is a city's or a regency's, and no title stands before it."""
    name = line.written(draft)
    if is_title(line, draft.start - 1) or name.casefold() in word_list("place-verbs"):
        return False
    return is_big_city(name) or is_plain_area(name)


def _bracketed_types(lines: list[Line]) -> dict[Form, EntityType]:
    """Types of the short forms that stand in brackets behind their long forms: ``Gibran Rakabuming Raka (GR)``."""
    out: dict[Form, EntityType] = {}
    for line in lines:
        for one, other in zip(line.drafts, line.drafts[1:], strict=False):
            inside = other.end - other.start == 1 and one.end + 1 == other.start and line.words[one.end] == "(" and line.words[other.end : other.end + 1] == (")",)
            if not inside or _known_type(line, other) is not None:
                continue
            short = line.words[other.start]
            initials = one.type == "PER" and short.isupper() and short[0] == line.words[one.start][0]
            if initials or _shortens(short, line.written(one)):
                out[(plain(short),)] = _known_type(line, one) or one.type
    return out


def _all(lines: list[Line]) -> Iterator[tuple[Line, Draft, Form]]:
    for line in lines:
        for draft in line.drafts:
            yield line, draft, tuple(map(plain, line.words[draft.start : draft.end]))


def _known_type(line: Line, draft: Draft) -> EntityType | None:
    name = line.written(draft)
    known = known_types().get(name)
    if known is not None:
        return known
    if is_country(name) or (draft.type == "ORG" and (is_capital_city(name) or is_plain_area(name))):
        return "LOC"
    head = head_at(line, draft.start)
    if head is not None and head.size < draft.end - draft.start and head.grows in ("area", "unit", "name"):
        return head.type if head.type in ("ORG", "LOC") else None  # type: ignore[return-value]
    return None
