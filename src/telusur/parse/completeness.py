"""Whether the page holds the whole article: pages to come, texts cut short.

Comes in: the lines of a page with their kinds. Comes out: warnings in words. Nothing is fetched and nothing added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.document import BlockKind
from .lines import Line

_GOES_ON = re.compile(
    r"\b(?:di |ke )?halaman (?:selanjutnya|berikutnya)\b|^(?:halaman|hal\.?)\s?:?\s?\d\s?(?:/|dari|of)\s?\d|^next page\b|^selanjutnya\s?:|^halaman\s?:?(?: \d){2,}",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?:\.\.\.|…)\s?(?:\[\+?\d{0,6}[^\]]{0,20}\]|baca selengkapnya|selengkapnya)?\s?$", re.IGNORECASE
)


def find_cuts(lines: Sequence[Line], kinds: Sequence[BlockKind], next_link: bool = False) -> tuple[str, ...]:
    """Warnings about an article that this page may not hold in full.

    Args:
        lines: the page.
        kinds: the kind of each line.
        next_link: the page's mark-up states a following page.
    """
    warnings: list[str] = []
    paragraphs = [at for at, kind in enumerate(kinds) if kind == "paragraph"]
    if not paragraphs:
        return ()
    near = range(paragraphs[0], min(len(lines), paragraphs[-1] + 12))
    if next_link or any(
        lines[at].length <= 90 and kinds[at] != "paragraph" and _GOES_ON.search(lines[at].text) for at in near
    ):
        warnings.append(
            "the article seems to go on on another page; only this page was read; give the whole article (often ?page=all) to read the rest"
        )
    last = lines[paragraphs[-1]].text[-60:]
    if _CUT.search(last) and len(paragraphs) > 1:
        warnings.append(
            "the text ends in an ellipsis and may be cut short; give the whole article to read the rest"
        )
    return tuple(warnings)
