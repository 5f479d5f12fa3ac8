"""Write the icon sprite that the pages refer to, from the icons npm fetched."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import icons


class Command(BaseCommand):
    help = "Build build/icons/sprite.svg from the icons named in core/icons.py."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        target = settings.BASE_DIR / "build" / "icons" / "sprite.svg"
        try:
            text = icons.sprite(icons.source_folder())
        except FileNotFoundError as missing:
            message = f"{missing.filename} is missing: run npm ci first, or correct core/icons.py."
            raise CommandError(message) from missing
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        self.stdout.write(f"{len(icons.ICONS)} icons in {target.relative_to(settings.BASE_DIR)}")
