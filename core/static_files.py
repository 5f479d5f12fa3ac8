"""Static files, and their addresses at the price of a look in a dictionary."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class RememberedAddresses(StaticFilesStorage):
    """Works out the address of a file once.

    Each page names some twenty, and none changes while the product runs.
    """

    def url(self, name: str | None) -> str:
        kept: dict[str | None, str] = self.__dict__.setdefault("_addresses", {})
        if name not in kept:
            kept[name] = super().url(name)
        return kept[name]


class HashedFiles(RememberedAddresses, CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """As the product serves them: a name that changes with the content, and compressed."""


class GatheredFiles(StaticFilesConfig):
    """Leaves behind what packages bring and no page asks for: to compress it takes long."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*-src.*",
        "htm*-4*.js",
        "htmx-2.js",
        "inter-[cgv]*.woff2",  # the letters of other languages
        "inter-*-opsz-*.woff2",
        "inter-*-standard-*.woff2",
        "inter-*-italic.woff2",
        "*.txt",
    ]
