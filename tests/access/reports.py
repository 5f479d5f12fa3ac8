"""Addresses of reports."""

from __future__ import annotations

from tests.access import Row

ROWS: list[Row] = []
