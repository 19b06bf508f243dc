"""What one place of an article tells of another: names are marked again, mended and lengthened.

A name that the model marked here and left out there is marked in both; known places and bodies are marked wherever
they stand by themselves; a short form in brackets is a second name of what stands before it.
"""

from __future__ import annotations

from collections import defaultdict

from ..lexicon import words as word_list
from ..model.layers import EntityType
from .namelines import TITLED, Draft, Line, head_at, is_title, small_words, text_of
from .nametables import (
    is_acronym_word,
    is_area,
    is_country,
    is_medium,
    is_short_form,
    known_types,
    personal_titles,
    sizes_from,
    sure_names,
    titles,
    traps,
)

LEAST_SCORE = 0.5
"""The model's score from which a name is looked for elsewhere in the article."""
LONGEST = 8
"""Words of the longest name that is looked for elsewhere."""
MOST_FORMS = 40
"""Names with the same first word that are looked for; no article has so many."""
MOST_ADDED = 3
"""Words by which a name is lengthened on the right."""

Form = tuple[str, ...]


def add_bracketed(lines: list[Line]) -> None:
    """Marks ``(BI)`` behind a marked ``Bank Indonesia`` and ``(PAP)`` behind a person with these initials."""
    for line in lines:
        owners = line.owners()
        for draft in list(line.drafts):
            at = draft.end + 1
            if at + 1 >= len(line.words) or line.words[draft.end] != "(" or line.words[at + 1] != ")":
                continue
            short, long = line.words[at], line.written(draft)
            if owners[at] is None and is_short_form(short, long):
                line.drafts.append(Draft(at, at + 1, draft.type))
        line.drafts.sort(key=lambda d: d.start)


def mend_known(lines: list[Line]) -> None:
    """Makes one name of a known name of several words that the model cut: ``Amerika | Serikat``, ``Tel | Aviv``."""
    for line in lines:
        if not line.drafts:
            continue
        owners = line.owners()
        done = 0
        for at in line.capitals():
            if at >= done and (size := _broken_size(line, owners, at)):
                done = at + size
                _mend(line, owners, at, done)
        if done:
            line.take(owners)


def _broken_size(line: Line, owners: list[Draft | None], at: int) -> int:
    """How many words from ``at`` on are one known name that no single name of the model holds whole; 0 where none."""
    sizes = sizes_from(line.words[at])
    if not any(owners[at : at + sizes[0]]):
        return 0
    for size in sizes:
        end = at + size
        if size == 1 or end > len(line.words):
            continue
        if (first := owners[at]) is not None and first.start <= at and first.end >= end:
            continue
        held = [d for d in owners[at:end] if d is not None]
        if not held or any(d.start <= at and d.end >= end for d in held):
            continue
        name = text_of(line, at, end)
        if name in known_types() or (
            size < 4
            and all(line.follows(i) and line.is_capital(i) for i in range(at + 1, end))
            and (is_country(name) or is_area(name))
        ):
            return size
    return 0


def _mend(line: Line, owners: list[Draft | None], at: int, end: int) -> None:
    """Gives the words of a known name to one name: the body that began before them, else a name of their own."""
    first, last = owners[at], owners[end - 1]
    scores = [d.score for d in owners[at:end] if d is not None and d.score is not None]
    kind = known_types().get(text_of(line, at, end), "LOC")
    if last is not None and last.end > end:
        rest = Draft(end, last.end, "PER" if kind == "LOC" else last.type, last.score)
        owners[end : last.end] = [rest] * (last.end - end)
    if first is not None and first.start < at and first.type == "ORG":
        owners[at:end] = [first] * (end - at)
        first.end = end
    else:
        owners[at:end] = [Draft(at, end, kind, max(scores) if scores else None)] * (end - at)


def add_known(lines: list[Line]) -> None:
    """Marks countries, provinces, regencies, cities and known short forms that the model left out."""
    ordinary = small_words(lines)
    for line in lines:
        owners = line.owners()
        done = 0
        for at in line.openings():
            if at >= done and owners[at] is None and (size := _known_size(line, owners, at, ordinary)):
                done = at + size
                name = text_of(line, at, done)
                line.drafts.append(Draft(at, done, "ORG" if is_medium(name) else known_types().get(name, "LOC")))
        line.drafts.sort(key=lambda d: d.start)


def _known_size(line: Line, owners: list[Draft | None], at: int, ordinary: frozenset[str]) -> int:
    """How many words from ``at`` on are a known name that stands by itself; 0 where none is."""
    if _goes_on_before(line, owners, at) or (line.gap(at) == "" and line.words[at - 1] in ("@", "_", "#")):
        return 0
    sizes = sizes_from(line.words[at])
    last = min(at + sizes[0], len(line.words))
    free = large = at + 1
    while free < last and owners[free] is None:
        free += 1
    while large < free and line.follows(large) and line.is_capital(large):
        large += 1
    unnamed = word_list("unnamed-words")
    for size in sizes:
        end = at + size
        if end > free:
            continue
        name = text_of(line, at, end)
        if not line.follows(end) and line.gap(end) == "" and (line.words[end] in ("$", "_") or line.words[end][0].isalnum()):
            continue
        if line.folded(at, end + 1) in unnamed:
            return 0
        if name in sure_names() or (size == 1 and is_medium(name)):
            return size
        if size > 3 or end > large:
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
    folded = line.low[at]
    return (
        folded not in titles()
        and folded not in word_list("unnamed-words")
        and folded not in word_list("sentence_openers")
    )


def _goes_on_before(line: Line, owners: list[Draft | None], at: int) -> bool:
    return (
        line.follows(at)
        and _is_loose(line, owners, at - 1)
        and not line.opens_sentence(at - 1)
        and head_at(line, at - 1) is None
    )


def _goes_on_behind(line: Line, owners: list[Draft | None], at: int) -> bool:
    return line.follows(at) and _is_loose(line, owners, at) and not is_acronym_word(line.words[at])


def add_repeated(lines: list[Line]) -> None:
    """Marks a name again where the model left it out, and the single parts of people's full names."""
    forms = _forms(lines)
    firsts: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        if len(firsts[form[0]]) < MOST_FORMS:
            firsts[form[0]].append(form)
    for line in lines:
        owners = line.owners()
        for at in line.capitals():
            if owners[at] is not None:
                continue
            folded = line.low[at]
            fitting = [f for f in firsts.get(folded, ()) if _stands(line, owners, at, f)]
            if fitting:
                draft = Draft(at, at + len(fitting[0]), forms[fitting[0]])
                line.drafts.append(draft)
                owners[at : draft.end] = [draft] * (draft.end - at)
        line.drafts.sort(key=lambda d: d.start)


def _stands(line: Line, owners: list[Draft | None], at: int, form: Form) -> bool:
    end = at + len(form)
    if end > len(line.words) or any(owners[i] is not None for i in range(at, end)):
        return False
    if line.low[at:end] != form:
        return False
    if line.folded(at, end + 1) in word_list("unnamed-words"):
        return False
    return not (len(form) == 1 and (is_title(line, at) or _goes_on_behind(line, owners, end)))


def _forms(lines: list[Line]) -> dict[Form, EntityType]:
    """The names to look for: those that the model is sure of, and what single words say of one person."""
    votes: dict[Form, dict[EntityType, int]] = {}
    parts: dict[str, set[Form]] = defaultdict(set)
    ordinary = small_words(lines)
    for line in lines:
        for draft in line.drafts:
            form = line.low[draft.start : draft.end]
            doubted = draft.score is not None and draft.score < LEAST_SCORE
            if doubted or len(form) > LONGEST or not line.is_capital(draft.start):
                continue
            cast = votes.setdefault(form, {})
            cast[draft.type] = cast.get(draft.type, 0) + 1
            if draft.type == "PER" and len(form) > 1:
                for word in form:
                    parts[word].add(form)
    out = {f: max(v, key=v.__getitem__) for f, v in votes.items() if _is_telling(f, ordinary)}
    for word, wholes in parts.items():
        if len(wholes) == 1 and len(word) > 3 and _is_telling((word,), ordinary) and not is_area(word):
            out.setdefault((word,), "PER")
    return out


def _is_telling(form: Form, ordinary: frozenset[str]) -> bool:
    if len(form) > 1:
        return True
    word = form[0]
    return (
        len(word) > 1
        and word[0].isalpha()
        and word not in ordinary
        and word not in traps()
        and word not in titles()
        and word not in word_list("unnamed-words")
    )


def lengthen(lines: list[Line]) -> None:
    """Gives a name the capitalised words right beside it that the model left out: ``Purbaya | Yudhi Sadewa``."""
    ordinary = small_words(lines)
    for line in lines:
        if line.kind in TITLED:
            continue
        owners = line.owners()
        for draft in line.drafts:
            for _ in range(MOST_ADDED):
                if (
                    not line.follows(draft.end)
                    or not _is_more(line, owners, draft.end, ordinary)
                    or _is_whole(line, draft)
                ):
                    break
                owners[draft.end] = draft
                draft.end += 1
            at = draft.start - 1
            if (
                draft.type == "PER"
                and line.follows(draft.start)
                and _is_more(line, owners, at, ordinary)
                and _may_begin(line, at)
            ):
                owners[at] = draft
                draft.start = at


def _is_whole(line: Line, draft: Draft) -> bool:
    """Whether a name can take no more words: places, short forms, what the tables know."""
    return (
        draft.type == "LOC"
        or line.written(draft) in known_types()
        or (draft.end - draft.start == 1 and is_acronym_word(line.words[draft.start]))
    )


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
    return (
        word.isalpha()
        and not (is_acronym_word(word) and len(word) > 1)
        and word.casefold() not in ordinary
        and head_at(line, at) is None
    )
