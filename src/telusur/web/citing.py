"""Citations: what a reader puts under a text to say where words stand.

``Kabar Selat, “Judul”, 14 September 2023, https://…, huruf 499–511: “kalimatnya” (telusur 8f3a…#c499-511)``
"""

from __future__ import annotations

from ..answers.lines import Excerpt, Line, Reference
from ..config import Lang
from ..export.wording import clean, shorten
from .languages import translations, wording

LONGEST = 300


def day_told(article: Reference, lang: Lang) -> str:
    """The day of an article as far as it is known: ``14 September 2023``, ``undated, 3 April 2017 at the earliest``."""
    words = wording(lang)
    if article.published:
        return words.day(article.published[:10])
    return words.say("answer.undated.after", when=words.day(article.not_before)) if article.not_before else words.say("answer.undated")


def cite_article(article: Reference, lang: Lang) -> str:
    """An article in one line."""
    title = f"“{clean(article.title) or wording(lang).say('untitled')}”"
    parts = [clean(article.outlet or ""), title, day_told(article, lang), clean(article.url or "")]
    return ", ".join(part for part in parts if part) + f" (telusur {article.id})"


def cite_excerpt(article: Reference, excerpt: Excerpt, id: str, lang: Lang) -> str:
    """A sentence with where it stands, to the character."""
    chars = translations(lang).gettext("characters")
    title = f"“{clean(article.title) or wording(lang).say('untitled')}”"
    where = f"{chars} {excerpt.start}–{excerpt.start + len(excerpt.text)}"
    parts = [clean(article.outlet or ""), title, day_told(article, lang), clean(article.url or ""), where]
    return f"{', '.join(part for part in parts if part)}: “{shorten(clean(excerpt.text), LONGEST)}” (telusur {id})"


def cite(line: Line, lang: Lang) -> str:
    """A claim or saying by the sentence that shows it."""
    return cite_excerpt(line.article, line.sentence, line.id, lang)
