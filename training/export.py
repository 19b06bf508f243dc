"""Last step: a trained network as the int8 ONNX file that the package ships.

    python -m training.export training/cache/all.pt --out src/telusur/data/models/reader
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from telusur.model.claim import CLAIM_TYPES

from .data import MARKS, NAME_LABELS, ROLES
from .network import ARGUMENT_WIDTH, Network
from .treebanks import RELATIONS, SCHOOLS, UPOS, VOICES

CACHE = Path(__file__).parent / "cache"
READING = ["names", "cues", "triggers", "types", "marks", "ask_start", "ask_end", "answer_start", "answer_end"]
SYNTAX = ["upos", "voices", "arcs", "relation_child", "relation_head"]
PUBLIC = ["names_nergrit", "names_idner"]
OUTPUTS = READING + SYNTAX + PUBLIC
"""What the file can tell. Reading an article asks for the first part alone, and only that is computed then."""
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

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, first: Tensor, school: Tensor) -> tuple[Tensor, ...]:
        n = self.network
        h = n.encoder(ids, None)
        w = h.gather(1, first[..., None].expand(-1, -1, h.shape[-1]))
        asked = [n.ask[e](w) for e in ("start", "end")]
        answered = [nn.functional.gelu(n.answer[e](w)) for e in ("start", "end")]
        upos, voices, arcs, rooted = n.syntax(torch.cat([h[:, :1], w], 1), school)
        parts = [nn.functional.gelu(n.syntax.relation[e](rooted)) for e in ("child", "head")]
        return n.names["gold"](w), n.cues(w), n.triggers(w), n.types(w), n.marks(w), *asked, *answered, upos, voices, arcs, *parts, n.names["nergrit"](w), n.names["idner"](w)


def export(weights: Path, out: Path, version: str) -> None:
    state = torch.load(weights)
    layers = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers."))
    network = Network(CACHE, layers)
    network.load_state_dict(state, strict=False)
    network.eval()
    ids = torch.randint(4, 1000, (1, 40))
    sample = (ids, torch.arange(1, 31)[None], torch.tensor([SCHOOLS.index("csui")]))
    axes = {"ids": {1: "pieces"}, "first": {1: "words"}} | {o: {1: "words"} for o in OUTPUTS}
    axes |= {"arcs": {1: "words", 2: "rooted"}, "relation_child": {1: "rooted"}, "relation_head": {1: "rooted"}}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(Shipped(network), sample, str(plain), input_names=["ids", "first", "school"], output_names=OUTPUTS, dynamic_axes=axes, opset_version=17, dynamo=False)
        quantize_dynamic(str(plain), str(out / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"])
    np.savez_compressed(out / "syntax.npz", relation=network.syntax.relation_weight.detach().numpy().astype(np.float16))
    shutil.copy(CACHE / "pieces.tsv", out / "pieces.tsv")
    meta = {
        "name": "telusur-reader", "version": version, "layers": layers, "outputs": READING, "syntax": {"outputs": SYNTAX, "upos": UPOS, "voices": VOICES, "relations": RELATIONS, "schools": SCHOOLS}, "public": PUBLIC,
        "names": NAME_LABELS, "types": CLAIM_TYPES, "marks": MARKS, "roles": ROLES,
        "argument_width": ARGUMENT_WIDTH, "near": [[[round(x, 3) for x in row] for row in edge] for edge in network.near.tolist()],
        "thresholds": THRESHOLDS, "sha256": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest(),
    }  # fmt: skip
    (out / "model.json").write_text(json.dumps(meta) + "\n", encoding="utf-8")
    print(f"{out}: {sum(p.stat().st_size for p in out.iterdir()) / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    export(options.weights, options.out, options.version)


if __name__ == "__main__":
    main()
