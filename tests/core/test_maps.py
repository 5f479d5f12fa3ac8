"""The base layer of the maps: none unless it is set, and then the policy lets in that one host."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from django.conf import settings

from core.checks import base_layer_is_one
from core.maps import WorldMap

TILES = "https://geo.example/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"


def images() -> list[str]:
    fresh = runpy.run_path(str(settings.BASE_DIR / "ivcentrum" / "settings.py"))
    found: list[str] = fresh["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]
    return found


def test_without_a_base_layer_images_come_from_us_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAP_WMTS_URL", raising=False)
    assert images() == ["'self'", "data:"]


def test_a_base_layer_lets_in_its_own_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAP_WMTS_URL", TILES)
    assert images() == ["'self'", "data:", "https://geo.example"]


@pytest.mark.parametrize(
    ("url", "hosts", "wrong"),
    [
        ("", [], False),
        (TILES, ["https://geo.example"], False),
        ("https://geo.example/{z}", ["https://geo.example"], True),
        ("/tiles/{z}/{x}/{y}", [], True),
    ],
)
def test_what_is_no_base_layer_is_said_at_the_start(
    settings: Any, url: str, hosts: list[str], wrong: bool
) -> None:
    settings.MAP_WMTS_URL, settings.MAP_TILE_HOSTS = url, hosts
    assert bool(base_layer_is_one()) is wrong


def test_a_page_carries_no_more_than_its_map_needs() -> None:
    picker, points = (
        str(one.media) for one in (WorldMap("", picks=True), WorldMap("", points="/"))
    )
    assert "picker" in picker
    assert "cluster" not in picker
    assert "cluster" in points
    assert "picker" not in points
