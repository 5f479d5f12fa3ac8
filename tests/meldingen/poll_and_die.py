"""A program for test_post_server.py: a worker that is killed at a chosen moment of its reading."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import django

django.setup()

from meldingen.incoming.server import Folder  # noqa: E402 - Django comes first
from meldingen.operations import inbound, polling  # noqa: E402


def die(*_words: Any, **_named: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    match sys.argv[1]:
        case "while reading":
            polling.read = die  # type: ignore[attr-defined, assignment]
        case "before the end of the transaction":
            inbound._add_files = die
        case "before moving":
            Folder.move = die  # type: ignore[method-assign]
    polling.read_all()


if __name__ == "__main__":
    main()
