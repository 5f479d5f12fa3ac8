"""How the scripts talk: calm, in Dutch, one line per step."""

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

TICK, CROSS, DOT = "✓", "✗", "·"


class SetupError(Exception):
    """Something the reader can solve; the text says how."""


def prepare() -> None:
    """Print what a terminal without UTF-8 cannot show as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", line_buffering=True)


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Show what is going on, then a tick and how long it took."""
    began = time.monotonic()
    terminal = sys.stdout.isatty()
    if terminal:
        print(f"  {DOT} {text} …", end="", flush=True)
    try:
        yield
    except BaseException:
        print(f"{chr(13) if terminal else ''}  {CROSS} {text}     ", flush=True)
        raise
    took = time.monotonic() - began
    ending = f" ({took:.0f} s)" if took >= 2 else ""  # noqa: PLR2004
    print(f"{chr(13) if terminal else ''}  {TICK} {text}{ending}     ".rstrip(), flush=True)


def duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
