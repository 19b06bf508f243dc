"""Pages of the index of prints: which texts hold a print, packed to some three bytes an entry.

Comes in: entries, a print and a text's number each, sorted by both. Goes out: bytes, and the entries again. Differences between
prints and numbers are laid out byte by byte, the highest first: high bytes are mostly nought, and pack to nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

PAGE_ENTRIES = 1150
"""About 4 kB packed: two pages of it fill one of a SQLite file, and looking one print up unpacks little."""

Numbers = NDArray[np.uint32]
Entries = tuple[Numbers, Numbers]
"""Prints and, beside them, numbers of texts."""

NOTHING: Entries = (np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint32))


def pack_page(entries: Entries) -> bytes:
    """The bytes of a page."""
    prints, holders = entries
    steps = np.diff(prints, prepend=prints[:1])
    planes = [plane for numbers in (steps, holders) for plane in _planes(numbers)]
    mask = sum(1 << place for place, plane in enumerate(planes) if plane.any())
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    packed = b"".join(packer.compress(plane.tobytes()) + packer.flush(zlib.Z_FULL_FLUSH) for place, plane in enumerate(planes) if mask >> place & 1)
    return len(prints).to_bytes(2, "little") + int(prints[0]).to_bytes(4, "little") + bytes([mask]) + packed + packer.flush()


def unpack_page(data: bytes) -> Entries:
    """The entries of a page.

    Raises:
        ValueError: these are no bytes of a page.
    """
    count, first, mask = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:6], "little"), data[6]
    try:
        bare = zlib.decompress(data[7:], -15)
    except zlib.error as error:
        raise ValueError(f"a page of prints cannot be unpacked ({error})") from error
    if len(bare) != count * mask.bit_count():
        raise ValueError("a page of prints has another length than it says")
    planes = np.zeros((8, count), dtype=np.uint8)
    planes[[place for place in range(8) if mask >> place & 1]] = np.frombuffer(bare, dtype=np.uint8).reshape(-1, count)
    numbers = planes.reshape(2, 4, count).transpose(0, 2, 1).copy().view(">u4")[:, :, 0].astype(np.uint32)
    prints = np.cumsum(numbers[0], dtype=np.uint32) + np.uint32(first)
    return prints, numbers[1]


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
    keys = np.unique(keys)
    return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)


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
    sizes = high - low
    starts = np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    return numbers[starts + np.arange(len(starts))]
