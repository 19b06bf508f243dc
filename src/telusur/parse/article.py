"""What a page says of itself: title, standfirst, publisher, date, credits, wires, pictures, topics.

Comes in: a `Page` in blocks with its metadata, and what the caller states. Comes out: a `Document`. What is printed
on the page goes before its metadata, its metadata before what the caller states; the date is never taken from running
text and never made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal
from urllib.parse import urlsplit

from ..errors import NotAnArticle, WrongLanguage
from ..lexicon import words as word_list
from ..model.document import Article, BlockKind, Credit, CreditRole, Document, Hints, Image, Page
from ..model.span import Span
from .dates import find_page_date, normalise_date
from .language import NAMES, Language, tell_language
from .lines import key_of
from .people import find_closing_credits, find_credits, outlet_after_name, roles
from .pictures import split_caption
from .wires import Dateline, find_dateline, find_wires

_OUTLET_SUFFIX = re.compile(r"\s{1,3}(?:[-–—|»]|::)\s{1,3}(?P<outlet>[^-–—|»]{2,40})$")
_OUTLET_SECTION = re.compile(
    r"^(?P<outlet>[\w-]{2,25}\.(?:com|co\.id|co|id|net|tv))\s?[-–|]\s?(?P<section>\w+(?: \w+){0,2})$",
    re.IGNORECASE,
)
_TAGS_LINE = re.compile(r"^(?:Tags?|Topik|Kata kunci|Label)\s?:\s?(?P<tags>.+)$", re.IGNORECASE)
_TOPIC_POINTER = re.compile(
    r"^Baca juga artikel terkait (?P<topic>.{2,60}?) atau tulisan (?:menarik )?lainnya", re.IGNORECASE
)
_OFFSET = re.compile(r"[+-]\d\d:\d\d$")
_UPDATED = re.compile(r"diperbarui|di-update|update|updated|terakhir diubah", re.IGNORECASE)
_TEXT_KINDS: frozenset[BlockKind] = frozenset({"title", "lead", "heading", "caption", "paragraph"})


def read_article(page: Page, hints: Hints) -> Document:
    """The page as a document ready for reading.

    Raises:
        NotAnArticle: no paragraph and no caption on the page.
        WrongLanguage: an article, but clearly not in Indonesian.
    """
    _check_article(page)
    language, warnings = _language(page)
    datelines = _datelines(page)
    outlet = next((line.outlet for line in datelines if line.outlet), None)
    publisher = _publisher(page, hints, outlet)
    published, basis = _published(page, hints)
    article = Article(
        title=_title(page, hints, publisher),
        lead=next(iter(_texts(page, "lead")), None) or None,
        publisher=publisher,
        section=_section(page, datelines),
        language=language,
        published=published,
        modified=_modified(page),
        credits=_credits(page),
        wires=find_wires(page.text, _spans(page, "paragraph"), _spans(page, "byline"), publisher),
        images=_images(page),
        topics=_topics(page),
    )
    spans = tuple(line.span for line in datelines)
    return Document(
        page.source, hints, page.text, page.blocks, article, spans, basis, page.warnings + warnings
    )


def _spans(page: Page, kind: BlockKind) -> list[Span]:
    return [block.span for block in page.blocks if block.kind == kind]


def _texts(page: Page, kind: BlockKind) -> list[str]:
    return [span.of(page.text) for span in _spans(page, kind)]


def _check_article(page: Page) -> None:
    if any(block.kind in ("paragraph", "caption") for block in page.blocks):
        return
    raise NotAnArticle(
        "no article text was found on this page: no line of it reads like a paragraph of news; "
        "nothing can be read from it; give the page of one article, or its text"
    )


def _language(page: Page) -> tuple[str, tuple[str, ...]]:
    told = tell_language(
        " ".join(block.span.of(page.text)[:4000] for block in page.blocks if block.kind in _TEXT_KINDS)
    )
    if told.tag == "id":
        return "id", ()
    if told.sure and told.tag != "ms":
        raise WrongLanguage(_wrong_language(told))
    if told.tag == "ms":
        return "ms", ("the text looks like Malay; it was read as Indonesian, and some words may be misread",)
    return "id", (
        f"the text may not be Indonesian ({told.words} words, {told.shares.get('id', 0):.0%} of them common Indonesian ones); it was read as Indonesian",
    )


def _wrong_language(told: Language) -> str:
    name = NAMES.get(told.tag, "a language in another script")
    return (
        f"the article seems to be in {name}: {told.shares.get(told.tag, 0):.0%} of its words are common {name} words, "
        f"{told.shares.get('id', 0):.0%} common Indonesian ones; only Indonesian is read; give an Indonesian page"
    )


def _datelines(page: Page) -> list[Dateline]:
    """The datelines of the first paragraphs; later ones are words of the text."""
    found = (find_dateline(page.text, span.start, span.end) for span in _spans(page, "paragraph")[:4])
    return [line for line in found if line is not None]


def _publisher(page: Page, hints: Hints, outlet: str | None) -> str | None:
    if outlet is not None:
        return outlet
    for line in _texts(page, "byline"):
        if (found := _OUTLET_SECTION.match(line)) is not None:
            return found["outlet"]
        if (signed := outlet_after_name(line)) is not None:
            return signed
    return (
        page.metadata.publisher or hints.publisher or _host(hints.url or page.source.url or page.metadata.url)
    )


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _title(page: Page, hints: Hints, publisher: str | None) -> str | None:
    printed = max(_texts(page, "title"), key=len, default=None)
    title = printed or page.metadata.title or hints.title
    return _without_outlet(" ".join(title.split()), publisher) if title else None


def _without_outlet(title: str, publisher: str | None) -> str:
    """A title without the outlet that a browser's title adds (`Judul - Kompas.com`)."""
    found = _OUTLET_SUFFIX.search(title)
    if found is None or found.start() < 15:
        return title
    outlet = found["outlet"].casefold()
    own = (publisher or "").casefold().split(".")[0].replace(" ", "")
    return title[: found.start()] if "." in outlet or (own and own in outlet.replace(" ", "")) else title


def _published(page: Page, hints: Hints) -> tuple[str | None, Literal["page", "caller"] | None]:
    printed = _fullest([date for date, updated in _printed_dates(page) if not updated])
    if printed is not None:
        return _with_zone(printed, page.metadata.published), "page"
    if page.metadata.published is not None:
        return page.metadata.published, "page"
    stated = normalise_date(hints.published)
    return (stated, "caller") if stated else (None, None)


def _modified(page: Page) -> str | None:
    return next((date for date, updated in _printed_dates(page) if updated), None) or page.metadata.modified


def _printed_dates(page: Page) -> Iterator[tuple[str, bool]]:
    """The dates of the date lines, each with whether it is one of an update."""
    for line in _texts(page, "byline"):
        found = find_page_date(line) if len(line) <= 160 else None
        if found is not None:
            yield found.iso, _UPDATED.search(line[: found.start]) is not None


def _fullest(dates: Sequence[str]) -> str | None:
    """The first date, or the first that tells the same day's time besides; a page prints its day twice at times."""
    same_day = [date for date in dates if date[:10] == dates[0][:10]] if dates else []
    return max(same_day, key=len, default=None)


def _with_zone(printed: str, stated: str | None) -> str:
    """A printed time without a zone, with the offset that the page's metadata states for the same day."""
    zone = _OFFSET.search(stated or "")
    if zone is None or "T" not in printed or _OFFSET.search(printed) or (stated or "")[:10] != printed[:10]:
        return printed
    return printed + zone[0]


def _section(page: Page, datelines: Sequence[Dateline]) -> str | None:
    """The section that a byline prints, or the one above the title, or the metadata's."""
    for line in _texts(page, "byline"):
        if (found := _OUTLET_SECTION.match(line)) is not None:
            return found["section"]
        if key_of(line) in word_list("section_names"):
            return line
    for dateline in datelines[:1]:
        # `INFO BISNIS - PT ...`: where the place should stand, the section does.
        opening = dateline.span.of(page.text).rstrip(" -–—")
        if dateline.outlet is None and opening.casefold() in word_list("section_names"):
            return opening
    return page.metadata.section


def _credits(page: Page) -> tuple[Credit, ...]:
    """The people of the bylines, of the last paragraph's end, and of the metadata where nobody is printed."""
    found: list[Credit] = []
    bylines = [block.span for block in page.blocks if block.kind == "byline"]
    keys = [key_of(span.of(page.text)) for span in bylines]
    for at, span in enumerate(bylines):
        before, after = (keys[at - 1] if at else ""), (keys[at + 1] if at + 1 < len(keys) else "")
        role: CreditRole = "writer"
        if before in roles():
            role = roles()[before]
        elif after in roles() and not page.text[bylines[at + 1].end :].lstrip().startswith(":"):
            role = roles()[after]
        if keys[at] not in roles() and before != "sumber":
            found += find_credits(page.text, span.start, span.end, role)
    paragraphs = _spans(page, "paragraph")
    if paragraphs:
        found += find_closing_credits(page.text, paragraphs[-1].start, paragraphs[-1].end)
    found += _stated_credits(page, found)
    found = [credit for credit in found if not _is_repeated_signature(page, credit, found)]
    unique = {(credit.name.casefold(), credit.role): credit for credit in reversed(found)}
    return tuple(
        sorted(unique.values(), key=lambda credit: credit.span.start if credit.span else len(page.text))
    )


def _is_repeated_signature(page: Page, credit: Credit, found: Sequence[Credit]) -> bool:
    """`By X` above an article whose foot tells that X was its editor: the foot knows better."""
    if credit.role != "writer" or credit.span is None:
        return False
    if any(other.name != credit.name and other.name.casefold() == credit.name.casefold() for other in found):
        # The name again in capitals behind the text, where the head says what the person did.
        return credit.name.isupper()
    signed = (
        page.text[max(0, credit.span.start - 8) : credit.span.start]
        .strip()
        .casefold()
        .endswith(("by", "oleh"))
    )
    return signed and any(other.name == credit.name and other.role != "writer" for other in found)


def _stated_credits(page: Page, printed: Sequence[Credit]) -> Iterator[Credit]:
    """People whom only the metadata names; outlets that sign there themselves are none."""
    roles_printed = {credit.role for credit in printed}
    known = {credit.name.casefold() for credit in printed}
    outlet = (page.metadata.publisher or "").casefold()
    stated: list[tuple[str, CreditRole]] = []
    if not roles_printed & {"writer", "reporter", "contributor"}:
        stated += [(name, "writer") for name in page.metadata.authors]
    if "editor" not in roles_printed:
        stated += [(name, "editor") for name in page.metadata.editors]
    for name, role in stated:
        key = name.casefold()
        if key not in known and key not in outlet and (not outlet or outlet not in key):
            known.add(key)
            yield Credit(name, role)


def _images(page: Page) -> tuple[Image, ...]:
    unique: dict[str, Image] = {}
    credit: str | None = None
    for line in _texts(page, "caption"):
        image = split_caption(line)
        if not image.caption:
            # A credit on a line of its own belongs to the caption next to it.
            credit = image.credit
            continue
        key = image.caption.casefold()
        if key not in unique or unique[key].credit is None:
            unique[key] = image if image.credit else Image(image.caption, credit)
        credit = None
    return tuple(image for image in unique.values() if not _is_mere_name(image, unique.values()))


def _is_mere_name(image: Image, others: Iterable[Image]) -> bool:
    """A name that stands above the true caption of the same picture."""
    own = set(image.caption.casefold().split())
    return (
        image.credit is None
        and len(own) <= 3
        and any(other is not image and own & set(other.caption.casefold().split()) for other in others)
    )


def _topics(page: Page) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for block in page.blocks:
        line = block.span.of(page.text)[:400]
        if block.kind in ("byline", "chrome") and (tags := _TAGS_LINE.match(line)) is not None:
            for tag in re.split(r"[,;#|]", tags["tags"]):
                if tag.strip():
                    found.setdefault(tag.strip().casefold(), tag.strip())
        elif block.kind == "related" and (pointer := _TOPIC_POINTER.match(line)) is not None:
            found.setdefault(pointer["topic"].casefold(), pointer["topic"])
    return tuple(found.values()) or page.metadata.topics


__all__ = ["read_article"]
