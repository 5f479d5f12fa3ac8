"""manage.py rotate_note_keys: wrap the keys of all confidential notes by the newest master key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import envelope
from partners.operations import notes


class Command(BaseCommand):
    help = "Sluit de sleutels van de vertrouwelijke nota's onder de nieuwste sleutel van NOTE_KEYS."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not envelope.is_ready():
            text = "NOTE_KEYS is leeg: zet de nieuwe sleutel vooraan en de oude erna."
            raise CommandError(text)
        done, lost = notes.rotate_keys()
        self.stdout.write(f"{done} nota's staan nu onder de nieuwste sleutel.")
        if lost:
            text = f"{lost} nota's gaan met geen enkele sleutel open: haal geen oude sleutel weg."
            raise CommandError(text)
