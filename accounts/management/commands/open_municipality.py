"""manage.py open_municipality: start with a municipality and its first functional administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.operations import opening

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Begint met een gemeente: toont de link waarmee de functioneel beheerder zich aanmeldt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="korte code van de gemeente, zoals ZAN")
        parser.add_argument("name", help="naam van de gemeente")
        parser.add_argument("--zone", required=True, help="naam van de politiezone")
        parser.add_argument("--administrator", required=True, help="naam van de beheerder")
        parser.add_argument("--email", required=True, help="e-mailadres van de beheerder")

    def handle(self, *_args: Any, **options: Any) -> None:
        names = ("zone", "code", "name", "administrator", "email")
        try:
            invitation = opening.open_municipality(**{name: options[name] for name in names})
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except opening.AlreadyOpenError as error:
            text = "Deze gemeente heeft al een functioneel beheerder; die nodigt de anderen uit."
            raise CommandError(text) from error
        link = reverse("accounts:accept", args=[invitation.secret])
        self.stdout.write(f"Geef deze link aan {invitation.user}:\n{settings.SITE_URL}{link}")
