"""Photos in the citizens' form: kept between the steps without a cookie, each judged by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from meldingen import tasks
from meldingen.models import Category, Melding, Photo, WaitingPhoto
from meldingen.operations import waiting_photos
from tests.conftest import World
from tests.factories import CategoryFactory, SourceFactory
from tests.meldingen.citizen import address, filled, hidden, picture
from tests.together import at_once


@pytest.fixture
def category(world: World) -> Category:
    SourceFactory.create(municipality=world.here, code="web", is_public=True)
    return CategoryFactory.create(municipality=world.here, handler=world.service)


def first_step(kind: Category, *photos: Any, **more: Any) -> dict[str, Any]:
    return filled(kind, stap="wat", photos=list(photos), **more)


def test_a_photo_goes_along_to_the_melding(category: Category, client: Client) -> None:
    url = address(category.municipality)
    second = client.post(url, first_step(category, picture()))
    assert "1 foto gaat mee." in second.content.decode()
    assert not second.cookies

    client.post(url, filled(category))

    photo = Melding.objects.get().photos.get()
    with photo.file.open() as kept:
        assert b"Cameramerk" not in kept.read()
    assert photo.thumbnail
    assert (photo.by_name, photo.is_held) == ("", False)


def test_each_photo_says_what_is_wrong_with_it(category: Category, client: Client) -> None:
    bad = SimpleUploadedFile("kwaad.svg", b"<svg onload=alert(1)>")
    shown = client.post(address(category.municipality), first_step(category, picture(), bad))

    told = shown.content.decode()
    assert shown.status_code == 422
    assert "kwaad.svg: Kies een foto (JPEG, PNG of HEIC) of een PDF." in told
    assert "foto.jpg" in told
    assert WaitingPhoto.objects.count() == 1


def test_a_fourth_is_refused_and_the_same_twice_is_one(category: Category, client: Client) -> None:
    url = address(category.municipality)
    colours = [picture(f"{name}.jpg", name) for name in ("red", "green", "blue", "black")]
    shown = client.post(url, first_step(category, *colours, picture("again.jpg")))

    assert "black.jpg: Hoogstens drie foto" in shown.content.decode()
    assert WaitingPhoto.objects.count() == 3


def test_a_photo_is_taken_away_by_who_has_the_form_only(category: Category, client: Client) -> None:
    url = address(category.municipality)
    client.post(url, first_step(category, picture()))
    row = WaitingPhoto.objects.get()
    other = "00000000-0000-4000-8000-000000000000"

    client.post(url, filled(category, stap="wat", weg=row.key, form_key=other))
    assert WaitingPhoto.objects.exists()

    client.post(url, filled(category, stap="wat", weg=row.key))
    assert not WaitingPhoto.objects.exists()


def test_a_forged_key_gets_a_form_of_its_own(category: Category, client: Client) -> None:
    url = address(category.municipality)
    client.post(url, first_step(category, picture()))

    forged = client.post(url, {**filled(category), "stap": "wat", "opened": "vals"})

    assert "foto.jpg" not in forged.content.decode()
    assert hidden(forged.content.decode())["form_key"] != filled(category)["form_key"]


def test_one_address_has_its_share_of_a_day(
    category: Category, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_photos, "DAY_BYTES", 10_000)
    url = address(category.municipality)
    client.post(url, first_step(category, picture()))
    client.post(url, filled(category))  # what was sent still counts

    again = filled(category, stap="wat", form_key="00000000-0000-4000-8000-000000000000")
    shown = client.post(url, {**again, "photos": [picture(colour="blue")]})

    assert "Vandaag kwamen er van hier al te veel" in shown.content.decode()


def test_what_was_never_sent_is_gone_after_a_day(category: Category, client: Client) -> None:
    client.post(address(category.municipality), first_step(category, picture()))
    row = WaitingPhoto.objects.get()

    tasks.tidy()
    assert default_storage.exists(str(row.file.name))
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1)):
        tasks.tidy()

    assert not WaitingPhoto.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_night_takes_the_files_along_and_leaves_those_that_were_sent(
    category: Category,
) -> None:
    client, url = Client(), address(category.municipality)
    client.post(url, first_step(category, picture()))
    client.post(url, filled(category))
    other = "00000000-0000-4000-8000-000000000000"
    late = filled(category, stap="wat", form_key=other) | {"photos": [picture()]}
    client.post(url, late)
    lost = WaitingPhoto.objects.exclude(file="").get().file.name

    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1)):
        tasks.tidy()

    assert not default_storage.exists(str(lost))
    assert default_storage.exists(str(Photo.objects.get().file.name))
    assert not WaitingPhoto.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_three_at_once_is_still_three_and_sent_twice_at_once_is_once(category: Category) -> None:
    url = address(category.municipality)

    def add(name: str) -> int:
        return Client().post(url, first_step(category, picture(f"{name}.jpg", name))).status_code

    at_once(*(lambda n=name: add(n) for name in ("red", "green", "blue", "black", "pink")))
    assert WaitingPhoto.objects.count() == 3

    at_once(*(lambda: Client().post(url, filled(category)).status_code for _time in range(3)))
    assert Photo.objects.count() == 3
