"""What other eyes see, where our own walk finds too little of an article on an HTML page.

Comes in: the page's text as HTML, and the body that its JSON-LD states. Comes out: lines of plain text for the same
anatomy that reads plain pages. Two sources, the fuller wins: the body in the JSON-LD; and, where the mark-up is so
broken that a parser loses text without a word, the text left when all tags are cut out.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,5000}>")
_BLOCK_END = re.compile(r"<(?:/?p|br|/?div|/h[1-6]|/li|/tr|hr)\b[^<>]{0,500}>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,2000}>[^<]{0,200000}(?:</\1\s{0,5}>|$)", re.IGNORECASE)

ENOUGH = 1.5
"""How many times more text another source must see to be taken instead of ours."""


def other_texts(markup: str, stated_body: str | None) -> list[tuple[str, str]]:
    """Candidate texts of the article, each with the name of where it comes from."""
    found = [("the page's own JSON-LD", without_tags(stated_body))] if stated_body else []
    found.append(("the text between the tags", without_tags(markup)))
    return [(name, text) for name, text in found if text.strip()]


def without_tags(markup: str) -> str:
    """The text that is left when scripts and tags are cut out, a line for each block. Closes what stands open."""
    markup = _SCRIPT.sub("\n", markup.replace("<!--", " ").replace("-->", " "))
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup)))
