"""Where the neighbourhoods lie, which one holds a point, and how a municipality gives its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from accounts.geography import neighbourhood_at, world_map
from accounts.models import Border, Neighbourhood
from tests.conftest import World
from tests.core.test_geo import BESIDE, SQUARE, polygon
from tests.factories import NeighbourhoodFactory

ADDRESS = "/kaart/ZAN/wijken.json"


@pytest.fixture
def hood(world: World) -> Neighbourhood:
    made = NeighbourhoodFactory.create(municipality=world.here, code="W01", name="Centrum")
    Border.objects.create(neighbourhood=made, shape=polygon(SQUARE))
    return made


def test_the_border_says_in_which_neighbourhood(world: World, hood: Neighbourhood) -> None:
    assert neighbourhood_at(world.here.pk, 51.1, 4.1) == hood
    assert neighbourhood_at(world.here.pk, 51.1, 4.4) is None
    assert neighbourhood_at(world.elsewhere.pk, 51.1, 4.1) is None
    assert neighbourhood_at(world.here.pk, None, None) is None


def test_everybody_gets_the_borders_and_keeps_them(hood: Neighbourhood) -> None:
    answer = Client().get(ADDRESS)

    (feature,) = json.loads(answer.content)["features"]
    assert feature["properties"] == {"code": "W01", "name": "Centrum", "focus": False}
    assert feature["geometry"] == polygon(SQUARE)
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert Client().get(ADDRESS, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_without_borders_or_base_layer_there_is_no_map(
    world: World, hood: Neighbourhood, settings: Any
) -> None:
    assert world_map([world.elsewhere.pk], "Kaart") is None
    found = world_map([world.here.pk, world.elsewhere.pk], "Kaart")
    assert found is not None
    assert found.hoods == ADDRESS
    settings.MAP_WMTS_URL = "https://tiles.example/{z}/{x}/{y}.png"
    assert world_map([world.elsewhere.pk], "Kaart") is not None


def load(path: Path, code: str, shape: Any, **more: Any) -> None:
    features = [{"type": "Feature", "properties": {"WIJK": code}, "geometry": shape}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    call_command("load_borders", "ZAN", str(path), code_field="WIJK", **more)


def test_a_municipality_loads_its_own(hood: Neighbourhood, tmp_path: Path, capsys: Any) -> None:
    NeighbourhoodFactory.create(municipality=hood.municipality, code="W02")

    load(tmp_path / "wijken.geojson", "W01", polygon(BESIDE))

    assert Border.objects.get(pk=hood.pk).shape == polygon(BESIDE)
    assert capsys.readouterr().out == "Nog zonder grens: W02\n"


@pytest.mark.parametrize(
    ("code", "shape"), [("W99", polygon(SQUARE)), ("W01", polygon(SQUARE[:-1])), ("W01", None)]
)
def test_what_is_wrong_changes_nothing(
    hood: Neighbourhood, tmp_path: Path, code: str, shape: Any
) -> None:
    with pytest.raises(CommandError):
        load(tmp_path / "wijken.geojson", code, shape)
    assert Border.objects.get().shape == polygon(SQUARE)


def test_the_database_knows_what_a_border_is(world: World) -> None:
    made = NeighbourhoodFactory.create(municipality=world.here)
    with pytest.raises(IntegrityError, match="accounts_border_known_kind"):
        Border.objects.create(neighbourhood=made, shape={"type": "Point"})
