"""Last step: a trained network, and the exit of the fast tier, as the one int8 ONNX file that the package ships.

    python -m training.export training/cache/all.pt --fast training/cache/fast.pt --out src/telusur/data/models/reader

Weights take seven of the eight bits: two products of full ones do not fit into the sixteen bits in which processors
without VNNI add them, and one text would then be read in two ways on two machines.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from telusur.model.claim import CLAIM_TYPES

from .data import MARKS, NAME_LABELS, ROLES
from .fast import SHARED_LAYERS, Exit, read_exit
from .network import ARGUMENT_WIDTH, Heads, Network, mixed_layers, read_network
from .parts import PARTS, cut
from .treebanks import RELATIONS, SCHOOLS, UPOS, VOICES

CACHE = Path(__file__).parent / "cache"
READING = ["names", "cues", "triggers", "types", "marks", "ask_start", "ask_end", "answer_start", "answer_end", "states"]
SYNTAX = ["upos", "voices", "arcs", "relation_child", "relation_head"]
PUBLIC = ["names_nergrit", "names_idner"]
FAST_DOUBT = 0.3
"""What `Model.doubt` takes from the log odds of the fast tier's claims: near the best F1 on the development articles."""
FAST = [f"fast_{name}" for name in READING]
OUTPUTS = READING + SYNTAX + PUBLIC
"""What the network tells, with ``FAST`` where it has a fast tier. The file then has parts, and tells one of them."""
THRESHOLDS = {
    "cue": 0.25, "claim": 0.05,
    "content": 0.4, "speaker": 0.25, "origin": 0.4, "relay": 0.15, "actor": 0.05, "recipient": 0.05, "place": 0.05, "time": 0.1,
}  # fmt: skip
"""How likely a head or an argument's beginning must be to be told. Low where a later stage weighs it again (a trigger
together with its word, a cue together with its form); else near the best F1 on outlets held out."""


class Shipped(nn.Module):
    """The network as it runs: logits by word, what arguments are asked and answered, and the syntax of one sentence.

    ``arcs`` are scores of each word's head (words, 1 + words), the first the root; what relations need is given apart,
    because they are scored for the chosen heads alone (``relation`` in ``syntax.npz``).
    """

    def __init__(self, network: Network, fast: Exit | None = None) -> None:
        super().__init__()
        self.network, self.fast = network, fast

    def forward(self, ids: Tensor, first: Tensor, school: Tensor) -> tuple[Tensor, ...]:
        n = self.network
        h = n.encoder.norm(n.encoder.pieces(ids) + n.encoder.positions[: ids.shape[1]])
        each = []
        for layer in n.encoder.layers:
            h = layer(h, None)
            each.append(h)
        low = each[SHARED_LAYERS - 1]
        at = first[..., None].expand(-1, -1, n.cues.in_features)  # not h's size: the fast tier would wait for h
        w = h.gather(1, at)
        mixed = torch.stack([torch.cat([each[k][:, :1], each[k].gather(1, at)], 1) for k in mixed_layers(len(each))])
        upos, voices, arcs, rooted = n.syntax(mixed, school)
        parts = [nn.functional.gelu(n.syntax.relation[e](rooted)) for e in ("child", "head")]
        made = (*_told(n, w), upos, voices, arcs, *parts, n.names["nergrit"](w), n.names["idner"](w))
        return made if self.fast is None else (*made, *_told(self.fast, self.fast(low, None).gather(1, at)))


def _told(heads: Heads, w: Tensor) -> list[Tensor]:
    """``READING`` of words' hidden states."""
    answered = [nn.functional.gelu(heads.answer[e](w)) for e in ("start", "end")]
    return [heads.names["gold"](w), heads.cues(w), heads.triggers(w), heads.types(w), heads.marks(w), *(heads.ask[e](w) for e in ("start", "end")), *answered, w]


def export(weights: Path, out: Path, version: str, fast: Path | None = None) -> None:
    network = read_network(weights, CACHE)
    made = None
    if fast is not None:
        made = read_exit(fast)
    outputs = OUTPUTS + (FAST if made else [])
    ids = torch.randint(4, 1000, (1, 40))
    sample = (ids, torch.arange(1, 31)[None], torch.tensor([SCHOOLS.index("csui")]))
    axes = {"ids": {1: "pieces"}, "first": {1: "words"}} | {o: {1: "words"} for o in outputs}
    axes |= {"arcs": {1: "words", 2: "rooted"}, "relation_child": {1: "rooted"}, "relation_head": {1: "rooted"}}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        plain, whole = Path(folder) / "plain.onnx", Path(folder) / "model.onnx"
        torch.onnx.export(Shipped(network, made), sample, str(plain), input_names=["ids", "first", "school"], output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False)
        quantize_dynamic(str(plain), str(whole), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"])
        made_of = whole.read_bytes()
        if made is not None:
            made_of = cut(onnx.load_from_string(made_of), READING, FAST, SYNTAX + PUBLIC).SerializeToString()
    (out / "model.onnx.gz").write_bytes(gzip.compress(made_of, 9, mtime=0))
    trees = {"relation": network.syntax.relation_weight, "mix": network.syntax.mix}
    np.savez_compressed(out / "syntax.npz", **{name: weight.detach().numpy().astype(np.float16) for name, weight in trees.items()})
    shutil.copy(CACHE / "pieces.tsv", out / "pieces.tsv")
    meta = {
        "name": "telusur-reader", "version": version, "layers": len(network.encoder.layers), "outputs": READING, "syntax": {"outputs": SYNTAX, "upos": UPOS, "voices": VOICES, "relations": RELATIONS, "schools": SCHOOLS}, "public": PUBLIC,
        "names": NAME_LABELS, "types": CLAIM_TYPES, "marks": MARKS, "roles": ROLES,
        "argument_width": ARGUMENT_WIDTH, "near": _near(network),
        "thresholds": THRESHOLDS, "sha256": hashlib.sha256(made_of).hexdigest(),
    }  # fmt: skip
    if made is not None:
        meta |= {"parts": PARTS, "fast": {"layers": SHARED_LAYERS + len(made.layers), "near": _near(made), "doubt": FAST_DOUBT}}
    (out / "model.json").write_text(json.dumps(meta) + "\n", encoding="utf-8")
    print(f"{out}: {sum(p.stat().st_size for p in out.iterdir()) / 1e6:.1f} MB")


def export_product(out: Path) -> None:
    """The graph of one product of matrices, for `telusur.matrices`."""
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, None]) for name in "ab"]
    made = helper.make_graph([helper.make_node("MatMul", ["a", "b"], ["c"])], "product", inputs, [helper.make_tensor_value_info("c", TensorProto.FLOAT, [None, None])])
    out.write_bytes(helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString())


def _near(heads: Heads) -> list[list[list[float]]]:
    return [[[round(x, 3) for x in row] for row in edge] for edge in heads.near.tolist()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--fast", type=Path, help="the exit of the fast tier, as training.fast wrote it")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    export(options.weights, options.out, options.version, options.fast)
    export_product(options.out.parent / "product.onnx")


if __name__ == "__main__":
    main()
