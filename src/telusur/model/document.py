"""A page and the article on it: bytes with their origin, blocks, what the page says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from .span import Span

BlockKind = Literal["chrome", "title", "lead", "heading", "caption", "paragraph", "related", "byline"]
CreditRole = Literal["reporter", "writer", "editor", "photographer", "contributor"]

BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
CREDIT_ROLES: tuple[CreditRole, ...] = get_args(CreditRole)

ARTICLE_KINDS: frozenset[BlockKind] = frozenset({"title", "lead", "heading", "caption", "paragraph"})
"""The kinds whose words are the article's own: only they hold sentences, mentions, times and claims."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes as they came, with where from.

    ``name`` is a file name, ``retrieved`` UTC in ISO 8601; both None where unknown. ``media_type`` is
    ``text/plain`` or ``text/html``. ``charset`` is what the carrier declared (an HTTP header), if anything.
    """

    data: bytes
    media_type: str
    sha256: str
    url: str | None = None
    name: str | None = None
    retrieved: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller states about an article. Taken as given where the page does not print its own."""

    id: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of the page, of one kind."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Credit:
    """A person who made the article. ``span`` is where the page prints the name, None if only metadata does."""

    name: str
    role: CreditRole
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's caption without its credit, and the credit as printed."""

    caption: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page's machine-readable part states (schema.org, OpenGraph, meta tags). None: not stated."""

    title: str | None = None
    lead: str | None = None
    publisher: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded page: its text in blocks, and what its metadata states.

    For plain text, ``text`` is the decoded file with line ends turned into ``\\n`` and a byte-order mark dropped;
    for HTML it is the article as extracted, blocks parted by a blank line.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What the page says of itself. None and empty mean: the page does not say."""

    title: str | None = None
    lead: str | None = None
    publisher: str | None = None
    section: str | None = None
    language: str | None = None
    published: str | None = None
    modified: str | None = None
    credits: tuple[Credit, ...] = ()
    wires: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The article, ready for reading: what every later stage takes.

    ``datelines`` are the spans inside paragraphs that print place and outlet (``JAKARTA, KOMPAS.com -``).
    ``published_basis`` says where ``article.published`` comes from: ``page``, ``caller`` or None.
    """

    source: Source
    hints: Hints
    text: str
    blocks: tuple[Block, ...]
    article: Article
    datelines: tuple[Span, ...] = ()
    published_basis: Literal["page", "caller"] | None = None
    warnings: tuple[str, ...] = ()
