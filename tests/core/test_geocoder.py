"""The address at a point: asked of a real server, which gets the point alone and is not trusted."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from core import geocoder
from core.checks import geocoder_is_one
from core.geocoder import GeocoderError, address_at
from tests.geocoder import STREET, Geocoder, answer, running

HERE = (51.1, 4.1)
FAR = (51.101, 4.1)  # some 110 metres to the north

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rested() -> None:
    cache.clear()


@pytest.fixture
def service(settings: Any) -> Iterator[Geocoder]:
    with running() as found:
        settings.GEOCODER_URL = found.address
        yield found


def test_it_gets_the_point_and_nothing_else(service: Geocoder) -> None:
    service.content = answer(51.1001, 4.1)

    assert address_at(*HERE) == STREET
    [(path, headers)] = service.asked
    assert path == "/v4/Location?latlon=51.100000,4.100000&c=1"
    assert set(headers) == {"Host", "Accept", "Accept-Encoding"}


def test_the_nearest_of_several(service: Geocoder) -> None:
    rows = [json.loads(answer(51.1 + n / 10_000, 4.1, f"Straat {n}")) for n in (4, 1, 3)]
    content = {"LocationResult": [row["LocationResult"][0] for row in rows]}
    service.content = json.dumps(content).encode()

    assert address_at(*HERE) == "Straat 1"


@pytest.mark.parametrize(
    "content", [answer(*FAR), b'{"LocationResult": []}', answer(float("nan"), 4.1)]
)
def test_what_lies_too_far_is_no_address(service: Geocoder, content: bytes) -> None:
    service.content = content
    assert address_at(*HERE) == ""


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>", b"[]", b"null", b"{}", b'"x"', b"\xff\xfe", b"[" * 60_000,
        b'{"LocationResult": "x"}', b'{"LocationResult": null}', b'{"LocationResult": [{}]}',
        b'{"LocationResult": [{"FormattedAddress": 5, "Location": {}}]}',
        answer("noord", 4.1), answer(10**400, 4.1), answer(None, 4.1),  # type: ignore[arg-type]
        answer(*HERE, address="Dorp\u202estraat"), answer(*HERE, address="Dorp\x00straat"),
    ],
)  # fmt: skip
def test_what_it_says_in_another_way_is_no_answer(service: Geocoder, content: bytes) -> None:
    service.content = content
    with pytest.raises(GeocoderError, match="do not know"):
        address_at(*HERE)


@pytest.mark.parametrize("status", [204, 301, 302, 307, 404, 429, 500, 503])
def test_any_other_status_is_no_answer(service: Geocoder, status: int) -> None:
    service.status, service.content = status, answer(*HERE)
    service.headers = {"Location": service.address}

    with pytest.raises(GeocoderError, match=str(status)):
        address_at(*HERE)
    assert len(service.asked) == 1  # it went nowhere else


def test_five_megabytes_are_not_read(service: Geocoder) -> None:
    service.content = answer(*HERE) + b" " * 5_000_000
    with pytest.raises(GeocoderError, match="more than an address"):
        address_at(*HERE)


@pytest.mark.parametrize("drips", [0.1, 30])
def test_a_service_that_hangs_or_drips_is_left(
    service: Geocoder, monkeypatch: pytest.MonkeyPatch, drips: float
) -> None:
    service.content, service.drips = answer(*HERE), drips
    monkeypatch.setattr(geocoder, "ANSWER_SECONDS", 0.5)
    began = time.monotonic()

    with pytest.raises(GeocoderError):
        address_at(*HERE)

    assert time.monotonic() - began < 3


def test_a_service_that_drops_the_line(service: Geocoder) -> None:
    service.drops = True
    with pytest.raises(GeocoderError, match="connection failed"):
        address_at(*HERE)


def test_a_service_that_is_not_there(settings: Any) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        settings.GEOCODER_URL = f"http://127.0.0.1:{held.getsockname()[1]}/"
        with pytest.raises(GeocoderError) as caught:
            address_at(*HERE)
    assert "51.1" not in f"{caught.value!r}{caught.value.__cause__!r}"


def test_after_a_failure_it_rests_a_minute(service: Geocoder) -> None:
    service.status = 500
    for _once in range(3):
        with pytest.raises(GeocoderError):
            address_at(*HERE)

    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("", True),  # switched off
        ("https://geo.api.vlaanderen.be/geolocation/v4/Location", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://[::1]/x", True),
        ("http://geo.example/", False),
        ("https://user:word@geo.example/", False),
        ("https://geo.example:port/", False),
        ("file:///etc/passwd", False),
        ("geo.example", False),
        ("https://", False),
    ],
)
def test_only_over_https_or_on_this_machine(settings: Any, url: str, usable: bool) -> None:
    settings.GEOCODER_URL = url

    assert bool(geocoder_is_one()) is not usable
    if not usable:
        with pytest.raises(GeocoderError, match="no address"):
            address_at(*HERE)
