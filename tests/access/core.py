"""Addresses of the house itself."""

from __future__ import annotations

from tests.access import SIGNED_IN, Row, page

ROWS: list[Row] = [
    page("home", seen=SIGNED_IN),
    page("style", seen=SIGNED_IN),
]
