"""Whether this worker was told to stop: said to the main process, heard by each of its children.

One byte that they share, made before the children are.
"""

from __future__ import annotations

import mmap

_said = mmap.mmap(-1, 1)


def ask(*_told: object, **_more: object) -> None:
    """Let the work in hand be the last."""
    _said[0] = 1


def asked() -> bool:
    return bool(_said[0])
