"""Addresses of plans and actions."""

from __future__ import annotations

from tests.access import Row, plan_pages

ROWS: list[Row] = [*plan_pages.ROWS]
