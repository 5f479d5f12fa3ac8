"""Compile the texts in other languages. Run it after changing a .po file."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import texts


class Command(BaseCommand):
    help = "Compiles locale/**/*.po."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        for target in texts.build():
            self.stdout.write(f"{target}")
