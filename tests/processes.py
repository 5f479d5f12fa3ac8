"""Looking at processes from outside, for tests that start and kill real ones."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path


def that_mention(words: str) -> list[int]:
    """Processes, ourselves excepted, with these words in their command or their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            about = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if words.encode() in about and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def wait_until(fact: Callable[[], object], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
