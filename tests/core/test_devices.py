"""The words for a device."""

from __future__ import annotations

import pytest

from core.devices import device_name

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {KIT} Chrome/140.0 Safari/537.36", "Chrome op Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/140.0 Safari/537 Edg/140", "Edge op Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari op iPhone",
        ),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0", "Firefox op Android"),
        ("curl/8", "Onbekende browser"),
        ("", "Onbekende browser"),
    ],
)
def test_a_browser_and_its_device_have_everyday_names(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
