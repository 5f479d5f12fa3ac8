"""A small server of our own beside the tests that ask it."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator

LOOKS_UP_SECONDS = 0.01  # how soon it sees that it is over; half a second is Python's own


@contextlib.contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    """It answers until the end of the block; then nothing of it is left."""
    thread = threading.Thread(target=server.serve_forever, args=[LOOKS_UP_SECONDS], daemon=True)
    with server:
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
