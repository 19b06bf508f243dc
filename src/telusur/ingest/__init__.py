"""Bytes with their origin: what comes in, checked for kind and size. Comes out: `Source`."""

from .files import MAX_BYTES, from_bytes, from_text, read_file

__all__ = ["MAX_BYTES", "from_bytes", "from_text", "read_file"]
