"""manage.py load_borders ZAN wijken.geojson: where the neighbourhoods of a municipality lie."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Municipality
from accounts.operations.borders import load_borders


class Command(BaseCommand):
    help = "Laadt de grenzen van wijken uit GeoJSON (WGS84), volgens de code van elke wijk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("municipality", help="code van de gemeente, zoals ZAN")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--code-field", default="code", help="waar de code van de wijk in staat"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        place = Municipality.objects.filter(code=options["municipality"]).first()
        if place is None:
            text = f"Er is geen gemeente met code {options['municipality']}."
            raise CommandError(text)
        try:
            found = json.loads(options["file"].read_text())
            left = load_borders(place, found, code_field=options["code_field"])
        except (OSError, ValueError) as error:
            text = f"{options['file']} is niet te lezen: {error}"
            raise CommandError(text) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        without = f"Nog zonder grens: {', '.join(left)}"
        self.stdout.write(without if left else "Elke wijk heeft een grens.")
