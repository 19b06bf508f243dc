"""Where a training is, kept on disk every so often: one that was broken off goes on from there.

It goes on to the same weights as if it had run through: steps, optimiser and the draw of what drops out are all taken up again.
Another plan (other data, another option, other weights to begin with) begins anew.
"""

from __future__ import annotations

import os
import pickle
import time
import zlib
from pathlib import Path
from typing import Any

import torch
from torch import nn


class Resuming:
    """The file ``<out>.part`` beside what a training writes in the end.

    ``plan`` is all that decides what is learnt, its batches in order among it: it must be the same when it goes on.
    """

    def __init__(self, out: Path, plan: object, *, every: float = 300.0) -> None:
        self.path = out.with_name(out.name + ".part")
        self.every, self.kept = every, time.monotonic()
        self.mark = zlib.crc32(pickle.dumps(plan))

    def taken_up(self, network: nn.Module, optimiser: torch.optim.Optimizer) -> int:
        """The step to go on with, network and optimiser as they were before it; 0 where nothing was kept of this plan."""
        if not self.path.exists():
            return 0
        kept: dict[str, Any] = torch.load(self.path)
        if kept["mark"] != self.mark:
            print(f"{self.path} is of another plan: begun anew", flush=True)
            return 0
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        torch.set_rng_state(kept["draw"])
        print(f"went on from step {kept['step']}", flush=True)
        return int(kept["step"])

    def told(self, step: int, network: nn.Module, optimiser: torch.optim.Optimizer) -> None:
        """Keeps where the training is after ``step`` steps, if the last time is ``every`` seconds ago."""
        if time.monotonic() - self.kept < self.every:
            return
        fresh = self.path.with_name(self.path.name + ".new")
        torch.save({"mark": self.mark, "step": step, "network": network.state_dict(), "optimiser": optimiser.state_dict(), "draw": torch.get_rng_state()}, fresh)
        os.replace(fresh, self.path)
        self.kept = time.monotonic()

    def done(self) -> None:
        """Nothing is left to go on with."""
        self.path.unlink(missing_ok=True)
