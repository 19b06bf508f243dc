"""The ways in which one article writes its names, and the groups into which they are joined, each join with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ..model.layers import EntityType, Mention
from . import names
from .names import Words

SAME = "same name"
WRITTEN = "same name, written otherwise"
BRACKET = "the article gives it in brackets after the full name"
STATED = "the article says that both are one"
KNOWN = "known short form or other name"
LETTERS = "made of the letters of the full name"
SHORT = "short form of a fuller name in this article"
INITIALS = "initials of a person named in this article"
NEAREST = "short form; of several fuller names the one named last"
SPELLING = "differs from it by a slip of spelling"


@dataclass(slots=True, eq=False)
class Form:
    """One way a name is written in the article, with all its mentions (positions in the list of mentions)."""

    at: int
    text: str
    type: EntityType
    words: Words
    readings: tuple[Words, ...]
    mentions: list[int] = field(default_factory=list)


class Groups:
    """Forms joined so far, with the reason for each join: a union-find that remembers."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))
        self.sizes = [1] * size
        self.reasons: list[tuple[int, int, str]] = []

    def top(self, at: int) -> int:
        while self.parent[at] != at:
            self.parent[at] = self.parent[self.parent[at]]
            at = self.parent[at]
        return at

    def join(self, one: int, other: int, because: str) -> None:
        a, b = self.top(one), self.top(other)
        if a != b:
            self.parent[max(a, b)] = min(a, b)
            self.sizes[min(a, b)] += self.sizes[max(a, b)]
            self.reasons.append((one, other, because))

    def is_alone(self, at: int) -> bool:
        return self.sizes[self.top(at)] == 1

    def same(self, one: int, other: int) -> bool:
        return self.top(one) == self.top(other)


def find_forms(text: str, mentions: list[Mention]) -> tuple[list[Form], list[int]]:
    """The different names, equal where only case, accents, spaces and signs differ; and the form of each mention.

    A form takes the type of most of its mentions: one name is one thing within an article, and where the types
    disagree, the mark-up erred.
    """
    forms: list[Form] = []
    by_key: dict[str, Form] = {}
    form_of: list[int] = []
    for i, mention in enumerate(mentions):
        name = mention.span.of(text)
        words = names.words_of(name)
        key = "".join(words) or name
        form = by_key.get(key)
        if form is None:
            form = by_key[key] = Form(len(forms), name, mention.type, words or (name,), ())
            forms.append(form)
        form.mentions.append(i)
        form_of.append(form.at)
    for form in forms:
        if len(form.mentions) > 1:
            form.type = Counter(mentions[i].type for i in form.mentions).most_common(1)[0][0]
        spellings = Counter([mentions[i].span.of(text) for i in form.mentions]) if len(form.mentions) > 1 else {form.text: 1}
        if len(spellings) > 1:
            form.text = max(spellings, key=lambda t: (fullness(t), spellings[t]))
        found = dict.fromkeys([r for t in spellings for r in names.readings(t)])
        form.readings = tuple([r for r in found if r]) or (form.words,)
        form.words = max([names.words_of(t) for t in spellings], key=len) or form.words
    return forms, form_of


def fullness(name: str) -> tuple[int, int, bool]:
    """How full a form is: words, then letters; capitals throughout (a dateline, a title) count less."""
    return len(names.words_of(name)), len(name), not name.isupper()
