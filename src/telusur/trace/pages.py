"""Pages of the index of prints: which texts hold a print, packed to some three bytes an entry.

Comes in: entries, a print and a text's number each, sorted by both. Goes out: bytes, and the entries again. Differences between
prints and numbers are laid out byte by byte, the highest first: high bytes are mostly nought, and pack to nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

PAGE_ENTRIES = 1150
"""About 4 kB packed: two pages of it fill one of a SQLite file, and looking one print up unpacks little."""

_Number = TypeVar("_Number", bound=np.generic)

Numbers = NDArray[np.uint32]
Entries = tuple[Numbers, Numbers]
"""Prints and, beside them, numbers of texts."""

_HEAD = 7
"""Bytes before what is packed: how many entries, the first print, and which bytes of steps and holders are there."""

_WINDOW_BITS, _MEMORY = -10, 6
"""Of the packer: no more than a page needs. With less it would cut a page into blocks; more makes it slower to set up."""

NOTHING: Entries = (np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint32))


def pack_page(entries: Entries) -> bytes:
    """The bytes of a page."""
    prints, holders = entries
    steps = np.diff(prints, prepend=prints[:1])
    planes = [plane for numbers in (steps, holders) for plane in _planes(numbers)]
    mask = sum(1 << place for place, plane in enumerate(planes) if plane.any())
    packer = zlib.compressobj(6, zlib.DEFLATED, _WINDOW_BITS, _MEMORY, zlib.Z_HUFFMAN_ONLY)
    packed = b"".join(packer.compress(plane.tobytes()) + packer.flush(zlib.Z_FULL_FLUSH) for place, plane in enumerate(planes) if mask >> place & 1)
    return len(prints).to_bytes(2, "little") + int(prints[0]).to_bytes(4, "little") + bytes([mask]) + packed + packer.flush()


def unpack_page(data: bytes) -> Entries:
    """The entries of a page.

    Raises:
        ValueError: these are no bytes of a page.
    """
    return unpack_pages([data])


def unpack_pages(pages: Sequence[bytes]) -> Entries:
    """The entries of several pages, in no order among pages.

    Raises:
        ValueError: one of them is no page.
    """
    opened = [(page.prints, page.all_holders()) for page in _open(pages)]
    return (np.concatenate([part[0] for part in opened]), np.concatenate([part[1] for part in opened])) if opened else NOTHING


def find_in_pages(pages: Sequence[bytes], prints: Numbers) -> Iterator[Entries]:
    """The entries of these prints (sorted, each once) in pages of one sorted part, given in their order.

    To unpack a page is what looking up a print costs, so all are unpacked at once, and numbers of texts only where a print is found.

    Raises:
        ValueError: one of them is no page.
    """
    for page in _open(pages):
        some = prints[np.searchsorted(prints, page.prints[0]) : np.searchsorted(prints, page.prints[-1], side="right")]
        low, high = np.searchsorted(page.prints, some, side="left"), np.searchsorted(page.prints, some, side="right")
        yield np.repeat(some, high - low), page.holders(ranges(low, high))


@dataclass(frozen=True, slots=True)
class _Opened:
    """Pages of one shape, one behind the other: their prints, and those bytes of their holders that are not nought everywhere, an array
    of pages, bytes and entries. ``shifts``: by how many bits each byte stands to the left."""

    prints: Numbers
    bytes_: NDArray[np.uint8]
    shifts: tuple[int, ...]

    def all_holders(self) -> Numbers:
        """The numbers of texts of all entries."""
        pages, _, count = self.bytes_.shape
        return _put_together([self.bytes_[:, place] for place in range(len(self.shifts))], self.shifts, (pages, count)).ravel()

    def holders(self, at: NDArray[np.intp]) -> Numbers:
        """The numbers of texts of these entries."""
        page, entry = np.divmod(at, self.bytes_.shape[2])
        return _put_together([self.bytes_[page, place, entry] for place in range(len(self.shifts))], self.shifts, at.shape)


def _open(pages: Sequence[bytes]) -> Iterator[_Opened]:
    """Pages by their shapes: how many entries, and which bytes are there. Those of one shape keep their order."""
    by_shape: dict[tuple[int, int], list[bytes]] = {}
    for page in pages:
        by_shape.setdefault((int.from_bytes(page[:2], "little"), page[6]), []).append(page)
    for (count, mask), same in by_shape.items():
        if not count:
            raise ValueError("a page of prints has no entries")
        try:
            bare = [zlib.decompress(page[_HEAD:], -15) for page in same]
        except zlib.error as error:
            raise ValueError(f"a page of prints cannot be unpacked ({error})") from error
        if any(len(one) != count * mask.bit_count() for one in bare):
            raise ValueError("a page of prints has another length than it says")
        planes = np.frombuffer(b"".join(bare), dtype=np.uint8).reshape(len(same), mask.bit_count(), count)
        steps, holders = (tuple(24 - 8 * place for place in range(4) if mask >> (place + above) & 1) for above in (0, 4))
        firsts = np.array([int.from_bytes(page[2:6], "little") for page in same], dtype=np.uint32)
        prints = np.cumsum(_put_together([planes[:, place] for place in range(len(steps))], steps, (len(same), count)), axis=1, dtype=np.uint32)
        yield _Opened((prints + firsts[:, None]).ravel(), planes[:, len(steps) :], holders)


def _put_together(planes: Sequence[NDArray[np.uint8]], shifts: Sequence[int], shape: tuple[int, ...]) -> Numbers:
    """Numbers of their bytes."""
    numbers = np.zeros(shape, dtype=np.uint32)
    for plane, shift in zip(planes, shifts, strict=True):
        numbers |= plane.astype(np.uint32) << np.uint32(shift)
    return numbers


def _planes(numbers: Numbers) -> Iterator[NDArray[np.uint8]]:
    for shift in (24, 16, 8, 0):
        yield (numbers >> np.uint32(shift)).astype(np.uint8)


def joined(parts: list[Entries]) -> Entries:
    """Entries of several sources, sorted by print and number, each once."""
    if not parts:
        return NOTHING
    keys = np.concatenate([prints for prints, _ in parts]).astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.concatenate([holders for _, holders in parts])
    keys = once(keys)
    return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)


def once(numbers: NDArray[_Number]) -> NDArray[_Number]:
    """The numbers sorted, each once. `numpy.unique` hashes them where no more is asked, which takes forty times as long for millions."""
    numbers = np.sort(numbers)
    keep = np.ones(len(numbers), dtype=bool)
    keep[1:] = numbers[1:] != numbers[:-1]
    return numbers[keep]


def first_of_each(entries: Entries, most: int) -> Entries:
    """Of each print only the ``most`` least numbers: those that were first."""
    prints, holders = entries
    if not len(prints):
        return entries
    starts = np.flatnonzero(np.concatenate(([True], prints[1:] != prints[:-1])))
    rank = np.arange(len(prints)) - np.repeat(starts, np.diff(np.append(starts, len(prints))))
    keep = rank < most
    return prints[keep], holders[keep]


def within(numbers: Numbers, low: NDArray[np.intp], high: NDArray[np.intp]) -> Numbers:
    """The numbers in [low[i], high[i]) for all i, one after another."""
    return numbers[ranges(low, high)]


def ranges(low: NDArray[np.intp], high: NDArray[np.intp]) -> NDArray[np.intp]:
    """The whole numbers in [low[i], high[i]) for all i, one after another."""
    sizes = high - low
    starts = np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    return starts + np.arange(len(starts))
