"""A port held for a server that starts later."""

from __future__ import annotations

import socket

import pytest

from ivcentrum.ports import HOST, held_port


def test_only_our_own_server_gets_a_held_port() -> None:
    with held_port() as port:
        assert all(_any_port() != port for _ in range(50))
        with socket.create_server((HOST, port)), pytest.raises(OSError, match="in use"):
            socket.create_server((HOST, port))


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server((HOST, 0)) as other:
        taken = int(other.getsockname()[1])
        with held_port(taken, tries=20) as port:
            assert taken < port < taken + 20
        with pytest.raises(OSError, match="in use"), held_port(taken):
            pass


def _any_port() -> int:
    with socket.create_server((HOST, 0)) as other:
        return int(other.getsockname()[1])
