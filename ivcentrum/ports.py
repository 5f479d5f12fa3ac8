"""A free port for a server that starts later, kept from everybody else until it does."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

HOST = "127.0.0.1"


@contextmanager
def held_port(wanted: int = 0, *, tries: int = 1) -> Iterator[int]:
    """Hold a port until the `with` block ends; our own server may take it in the meantime.

    Bound but not listening, it goes to nobody who asks for any port, and a server that asks for
    this one gets it. Zero asks for any port. Raises OSError when none of the tries is free.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for port in range(wanted, wanted + tries):
            try:
                holder.bind((HOST, port))
                break
            except OSError:
                if port == wanted + tries - 1:
                    raise
        yield int(holder.getsockname()[1])
