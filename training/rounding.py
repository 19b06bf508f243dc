"""Training with rounded weights, so that the network knows what it will be when it ships.

In each step the encoder's matrices are what 8 bits leave of them, and the step that follows from there is taken by the
unrounded ones (the straight-through estimator: Bengio et al. 2013, Jacob et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from torch import Tensor, nn

from .network import Heads, Layer

LEVELS = 64
"""Steps on either side of nought: `export` uses seven of the eight bits, because processors without VNNI add two
products in sixteen bits, where those of full ones do not fit: the same text would be read otherwise there."""


def matrices(network: Heads) -> list[nn.Parameter]:
    """The weights of layers and of arguments, which `export` rounds, a scale for each row. (It rounds the small heads too.)"""
    layers = (m for m in network.modules() if isinstance(m, Layer))
    found = [m.weight for layer in layers for m in layer.modules() if isinstance(m, nn.Linear)]
    return found + [m.weight for ends in (network.ask, network.answer) for m in ends.values()]


def rounded(weight: Tensor) -> Tensor:
    """What is left of a matrix (out, in)."""
    scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / LEVELS
    return (weight / scale).round() * scale


@contextmanager
def rounded_weights(network: Heads) -> Iterator[None]:
    """Within, the network's matrices are rounded; their gradients are those of the rounded ones."""
    kept = [(parameter, parameter.data) for parameter in matrices(network)]
    try:
        for parameter, data in kept:
            parameter.data = rounded(data)
        yield
    finally:
        for parameter, data in kept:
            parameter.data = data
