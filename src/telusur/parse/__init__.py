"""From bytes to blocks: the anatomy of a page, from HTML or from plain text, and what it says of itself."""

from .article import read_article
from .page import parse_page

__all__ = ["parse_page", "read_article"]
