"""The room's one door: a `Source` to a `Document`, whatever its media type."""

from __future__ import annotations

from ..model.document import Document, Hints, Source
from .article import read_article
from .plain import parse_plain


def parse_page(source: Source, hints: Hints) -> Document:
    """The page in blocks, with what it says of itself.

    Raises:
        TooComplex: HTML nested or built so that parsing would not end in time.
        NotAnArticle: a page, but no article text on it.
        WrongLanguage: an article, but clearly not in Indonesian.
    """
    if source.media_type == "text/html":
        from .html import parse_html

        return read_article(parse_html(source, hints), hints)
    return read_article(parse_plain(source, hints), hints)
