"""What pages ask for is gathered, and little else."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

NAMED = re.compile(
    r"\b((?:css|js|img|icons|inter|leaflet|leaflet-cluster|django_htmx)/[\w./-]+\.\w+)"
)
WRITTEN = ("templates/**/*.html", "core/**/*.py", "static/css/*.css")


def gathered() -> set[str]:
    left = apps.get_app_config("staticfiles").ignore_patterns  # type: ignore[attr-defined]
    found: Any = (files for finder in get_finders() for files in finder.list(left))
    return {
        f"{getattr(storage, 'prefix', None) or ''}/{name}".lstrip("/") for name, storage in found
    }


def test_what_pages_name_is_gathered() -> None:
    texts = [path.read_text() for kind in WRITTEN for path in settings.BASE_DIR.glob(kind)]
    named = {name for text in texts for name in NAMED.findall(text)}
    assert {"leaflet/leaflet.js", "inter/inter-latin-ext-wght-normal.woff2"} <= named
    assert named - gathered() == set()


def test_the_sources_of_packages_are_left_behind() -> None:
    found = gathered()
    assert "leaflet/leaflet-src.js" not in found
    assert [name for name in found if name.startswith("inter/") and "latin" not in name] == []
    assert "django_htmx/htmx-2.min.js" in found
