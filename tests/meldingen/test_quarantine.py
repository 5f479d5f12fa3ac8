"""A photo that the virus scanner could not look at: kept, shown to nobody, and looked at later."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import Settings

from core.models import LogEntry
from meldingen import tasks
from meldingen.models import Category, Photo
from tests.conftest import World, sign_in
from tests.core.test_scanner import clamd
from tests.factories import CategoryFactory, SourceFactory
from tests.meldingen.citizen import address, filled, picture

__all__ = ["clamd"]


@pytest.fixture
def held(world: World, client: Client, settings: Settings, tmp_path: Path) -> Photo:
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    SourceFactory.create(municipality=world.here, code="web", is_public=True)
    kind: Category = CategoryFactory.create(municipality=world.here)
    url = address(world.here)
    page = client.post(url, filled(kind, stap="wat", photos=[picture()]))
    assert page.status_code == 200
    client.post(url, filled(kind))
    sign_in(client, world.coordinator)
    return Photo.objects.get()


def shown(client: Client, photo: Photo) -> list[int]:
    """The photo at each of its addresses."""
    pages = [f"/meldingen/foto/{photo.key}/", f"/meldingen/foto/{photo.key}/klein/"]
    return [client.get(page).status_code for page in pages]


def test_nobody_opens_what_was_not_scanned(held: Photo, client: Client) -> None:
    tasks.scan_held()

    assert shown(client, held) == [404] * 2
    assert (
        "wacht op de virusscanner" in client.get(held.melding.get_absolute_url()).content.decode()
    )


def test_when_the_scanner_is_back_it_is_let_go(held: Photo, client: Client, clamd: str) -> None:
    tasks.scan_held()

    assert shown(client, held) == [200] * 2


@pytest.mark.django_db(transaction=True)
def test_a_virus_is_thrown_away_and_that_is_told(held: Photo, clamd: str) -> None:
    Path(held.file.path).write_bytes(b"EICAR")

    tasks.scan_held()

    assert not Photo.objects.exists()
    assert not default_storage.exists(str(held.file.name))
    assert LogEntry.objects.filter(verb="photo.refused").exists()
