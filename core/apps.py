"""What Django has to know about this app when it starts."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Brings the checks of an installation along."""

    name = "core"

    def ready(self) -> None:
        import_module("core.checks")
