"""The section that a page prints above its title, and the topics that it prints under its article.

Comes in: the lines of a page with their kinds. Comes out: the section (a breadcrumb, or a section's name alone on a
line) and the topics (the site's tags). The lines themselves are the site's chrome; only what they say is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon import words
from ..model.document import BlockKind
from .lines import Line, date_remainder, is_chrome_phrase, related_head

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
        if "|" in line.text and not _HOME & {part.casefold() for part in _PARTS.split(line.text)}:
            # A menu, no breadcrumb.
            return None
        return _last_part(line.text, lines[title].key)
    names = words("section_names")
    above = [lines[up].key.strip("•· ") for up in range(at - 1, max(-1, at - 5), -1)]
    before = above[0] if above else ""
    if len(above) == 4 and sum(key in names for key in above) >= 3 and not _HOME & set(above):
        # A menu of sections, of which none is the article's.
        return None
    # A name that no list knows is a section only as the end of a breadcrumb: home, or home and a section, before it.
    ends_crumbs = before in _HOME or (before in names and len(above) > 1 and above[1] in _HOME)
    known = line.key.strip("•· ") in names or (ends_crumbs and line.words <= 3 and line.length <= 25)
    known = known or (
        line.text.isupper() and line.words <= 2 and 4 <= line.length <= 24 and not is_chrome_phrase(line)
    )
    return line.text.strip(" /»>•·*-") if known and not any(c.isdigit() for c in line.text) else None


def _last_part(text: str, title_key: str) -> str | None:
    for part in reversed(_PARTS.split(text.strip(" >»›/|•·*-"))):
        bare = part.strip(" :")
        if bare and bare.casefold() not in _HOME and bare.casefold() != title_key and len(bare) <= 40:
            return bare
    return None


_TAG_HEADS = frozenset({"tags", "tag", "topik", "kata kunci", "label", "keywords", "topik terkait"})
_AFTER_BODY = 25


def find_topics(lines: Sequence[Line], kinds: Sequence[BlockKind]) -> tuple[str, ...]:
    """The tags printed under the article: lines with a hash, in an element of tags, or after a head such as `Tags:`."""
    last = max((at for at, kind in enumerate(kinds) if kind == "paragraph"), default=None)
    if last is None:
        return ()
    found: dict[str, str] = {}
    under_head = False
    for at in range(last + 1, min(last + 1 + _AFTER_BODY, len(lines))):
        line = lines[at]
        marked = line.text.startswith("#") or (line.markup is not None and line.markup.role == "tags")
        if related_head(line) is not None and line.key not in _TAG_HEADS:
            break
        if line.key in _TAG_HEADS:
            under_head = True
        elif (
            kinds[at] == "chrome"
            and (marked or under_head)
            and line.length <= 60
            and not is_chrome_phrase(line)
        ):
            topic = line.text.strip(" #,;")
            found.setdefault(topic.casefold(), topic)
        elif under_head and kinds[at] == "chrome" and line.length > 60:
            break
    return tuple(topic for topic in found.values() if topic)
