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

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from telusur.model.claim import CLAIM_TYPES

from .data import MARKS, NAME_LABELS, ROLES
from .network import ARGUMENT_WIDTH, Network

CACHE = Path(__file__).parent / "cache"
OUTPUTS = ["names", "cues", "triggers", "types", "marks", "ask_start", "ask_end", "answer_start", "answer_end"]
THRESHOLDS = {
    "cue": 0.25, "claim": 0.1,
    "content": 0.4, "speaker": 0.25, "origin": 0.4, "relay": 0.15, "actor": 0.35, "recipient": 0.35, "place": 0.2, "time": 0.2,
}  # fmt: skip
"""How likely a head or an argument's beginning must be to be told. Low where a later stage weighs it again (a trigger
together with its word, a cue together with its form); else near the best F1 on outlets held out."""


class Shipped(nn.Module):
    """The network as it runs: logits by word, and what arguments are asked and answered."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        n = self.network
        w = n.words(ids, None, first)
        asked = [n.ask[e](w) for e in ("start", "end")]
        answered = [nn.functional.gelu(n.answer[e](w)) for e in ("start", "end")]
        return n.names["gold"](w), n.cues(w), n.triggers(w), n.types(w), n.marks(w), *asked, *answered


def export(weights: Path, out: Path, version: str) -> None:
    state = torch.load(weights)
    layers = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers."))
    network = Network(CACHE, layers)
    network.load_state_dict(state)
    network.eval()
    ids = torch.randint(4, 1000, (1, 40))
    sample = (ids, torch.arange(1, 31)[None])
    axes = {"ids": {1: "pieces"}, "first": {1: "words"}} | {o: {1: "words"} for o in OUTPUTS}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(Shipped(network), sample, str(plain), input_names=["ids", "first"], output_names=OUTPUTS, dynamic_axes=axes, opset_version=17, dynamo=False)
        quantize_dynamic(str(plain), str(out / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"])
    shutil.copy(CACHE / "pieces.tsv", out / "pieces.tsv")
    meta = {
        "name": "telusur-reader", "version": version, "layers": layers, "outputs": OUTPUTS,
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
