"""Products of matrices on the thread that asks for them.

numpy hands a product to a pool with a thread for each processor. For products as small as ours the pool costs more than it gives: its threads
wait busily for the next one, and where every processor has work each product waits for all of them. On two cores a reading took twice the
CPU time so, and beside another process a product of a fifth of a millisecond took twelve. So the engine that runs the language
model multiplies here too, one thread a session; whoever wants more than one core reads several articles at once (`bulk`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .lexicon import data_file

Floats = npt.NDArray[np.float32]


def product(a: Floats, b: Floats) -> Floats:
    """``a @ b`` of two matrices of 32-bit numbers, (rows, inner) and (inner, columns)."""
    made: Floats = _session().run(None, {"a": a, "b": b})[0]
    return made


@cache
def _session() -> Any:
    return session_of(data_file("models/product.onnx").read_bytes())


def session_of(graph: bytes) -> Any:
    """An ONNX graph, ready to run on the thread that asks.

    Raises:
        ImportError: onnxruntime cannot be loaded on this machine.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
