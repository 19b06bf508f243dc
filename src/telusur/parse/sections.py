"""The section that a page prints above its title: a breadcrumb, or a section's name alone on a line.

Comes in: the lines of a page and where its title stands. Comes out: the section, or None. The lines themselves are the
site's chrome; only what they say is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon import words
from .lines import Line, date_remainder, is_chrome_phrase

_PARTS = re.compile(r"\s{0,3}(?:[>»›/|]|::)\s{0,3}")
_HOME = frozenset({"home", "beranda", "homepage", "depan", "halaman depan"})


def find_section(lines: Sequence[Line], title: int | None) -> str | None:
    """The section printed before the title: the last crumb that is neither home nor the title itself."""
    if title is None:
        return None
    crumbs = [
        line
        for line in lines[:title]
        if line.markup is not None and line.markup.role == "breadcrumb" and line.length <= 120
    ]
    for line in reversed(crumbs[-6:]):
        if (found := _last_part(line.text, lines[title].key)) is not None:
            return found
    at = title - 1
    while at >= 0 and title - at <= 3 and date_remainder(lines[at]) is not None:
        at -= 1
    if at < 0:
        return None
    line = lines[at]
    if line.length <= 80 and len(_PARTS.split(line.text.strip())) > 1:
        return _last_part(line.text, lines[title].key)
    before = lines[at - 1].key if at else ""
    names = words("section_names")
    known = line.key in names or (before in _HOME | names and line.words <= 3 and line.length <= 25)
    known = known or (
        line.text.isupper() and line.words <= 2 and 4 <= line.length <= 24 and not is_chrome_phrase(line)
    )
    return line.text.strip(" /»>") if known and not any(c.isdigit() for c in line.text) else None


def _last_part(text: str, title_key: str) -> str | None:
    for part in reversed(_PARTS.split(text.strip(" >»›/|"))):
        bare = part.strip(" :")
        if bare and bare.casefold() not in _HOME and bare.casefold() != title_key and len(bare) <= 40:
            return bare
    return None
