"""Names as they are looked up: what spellings of one name share.

Comes in: a name as printed. Goes out: a folded form, the same for ``Al-Qaeda`` and ``al Qaeda``, and a sound form, the
same for more distant spellings too. Both are made anew by a reindex.
"""

from __future__ import annotations

import re

from ..analyse.stems import fold

VERSION = "0"

_BREAKS = re.compile(r"[\W_]+")


def fold_key(name: str) -> str:
    """The name without case, marks, hyphens and points, its words parted by one space."""
    return _BREAKS.sub(" ", fold(name)).strip()


def sound_key(name: str) -> str:
    """What spellings of one name share; never empty for a name that is not."""
    return fold_key(name).replace(" ", "") or name
