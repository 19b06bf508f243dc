"""Reads a shipped model back into a network: its 8-bit matrices as the numbers that they stand for.

So a model can be gone on with, or teach another, where the weights that it was made of are no longer at hand:

    python -m training.shipped src/telusur/data/models/reader      # training/cache/shipped.pt and shipped-fast.pt
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from .network import Network


def read_shipped(folder: Path, cache: Path) -> Network:
    """The network of a model as `export` wrote it; what only training needs (hidden words, our readings' habits) is new."""
    meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    state = state_of(folder, "network.")
    state["near"] = np.array(meta["near"], dtype=np.float32)
    with np.load(folder / "syntax.npz") as trees:
        state |= {"syntax.relation_weight": trees["relation"].astype(np.float32), "syntax.mix": trees["mix"].astype(np.float32)}
    network = Network(cache, meta["layers"])
    network.encoder.pieces = nn.Embedding(*state["encoder.pieces.weight"].shape)
    network.encoder.pieces.weight.requires_grad_(False)
    left = network.load_state_dict({k: torch.tensor(np.ascontiguousarray(v)) for k, v in state.items()}, strict=False)
    wanted = [k for k in left.missing_keys if not k.startswith(("unmask.", "ours."))]
    if wanted or left.unexpected_keys:
        raise ValueError(f"{folder} is not a model of this network: it lacks {wanted}, and has {left.unexpected_keys}")
    return network.eval()


def state_of(folder: Path, prefix: str) -> dict[str, np.ndarray[Any, Any]]:
    """The numbers of all parts whose names begin so."""
    graphs = [onnx.load_from_string(gzip.decompress((folder / "model.onnx.gz").read_bytes())).graph]
    for graph in graphs:
        graphs += [a.g for node in graph.node if node.op_type == "If" for a in node.attribute]
    kept = {t.name: numpy_helper.to_array(t) for graph in graphs for t in graph.initializer}
    nodes = [node for graph in graphs for node in graph.node]
    after: dict[str, Any] = {}
    for node in nodes:
        for name in node.input:
            after.setdefault(name, node)

    def meant(name: str) -> np.ndarray[Any, Any]:
        """The numbers that 8-bit ones stand for."""
        return (kept[f"{name}_quantized"].astype(np.float32) - kept[f"{name}_zero_point"].astype(np.float32)) * kept[f"{name}_scale"]

    def bias_of(node: Any) -> str | None:
        """The bias that is added to what a product gives: it names the layer."""
        while node is not None and node.op_type != "Add":
            node = after.get(node.output[0])
        return next((name for name in (node.input if node is not None else ()) if name in kept and name.startswith(prefix)), None)

    out = {name[len(prefix) :]: value for name, value in kept.items() if name.startswith(prefix) and value.dtype == np.float32 and not name.endswith("_scale")}
    tables = [name.removesuffix("_quantized") for name in kept if name.startswith(prefix) and name.endswith("_quantized")]
    out |= {name[len(prefix) :]: meant(name) for name in tables}
    for node in nodes:
        if node.op_type == "MatMulInteger" and node.input[1] in kept and not node.input[1].startswith(prefix):
            weight = meant(node.input[1].removesuffix("_quantized"))
        elif node.op_type == "MatMul" and node.input[1] in kept and not node.input[1].startswith(prefix):
            weight = kept[node.input[1]]
        else:
            continue
        if bias := bias_of(node):
            out[bias[len(prefix) :].removesuffix("bias") + "weight"] = weight.T
    return out


def main() -> None:
    from .fast import read_shipped_exit  # which learns by what stands here

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(__file__).parent / "cache")
    options = parser.parse_args()
    for name, made in (("shipped", read_shipped(options.model, options.cache)), ("shipped-fast", read_shipped_exit(options.model))):
        torch.save(made.state_dict(), options.cache / f"{name}.pt")
        print(f"wrote {options.cache / name}.pt")


if __name__ == "__main__":
    main()
