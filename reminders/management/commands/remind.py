"""manage.py remind --on 2026-12-01 [--dry-run]: who is told of what on a day, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import Municipality, User
from core.days import in_figures
from reminders import engine


class Command(BaseCommand):
    help = "Voert de herinneringen uit, of toont met --dry-run wie wat zou krijgen en waarom."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=dt.date.fromisoformat, help="een dag, zoals 2026-12-01")
        parser.add_argument("--dry-run", action="store_true", help="toon het, en schrijf niets")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        on = options["on"] or timezone.localdate(now)
        if options["dry_run"]:
            self._show(on)
            return
        if on != timezone.localdate(now):
            self.stderr.write("Een andere dag dan vandaag kan alleen met --dry-run.")
            raise SystemExit(2)
        done = engine.run(now)
        self.stdout.write(
            f"{done['made']} nieuw, {done['over']} voorbij, {done['digests']} mails beloofd, "
            f"{done['for_core_group']} punten voor de kerngroep"
        )

    def _show(self, on: dt.date) -> None:
        """Keys and accounts alone: what a thing is called is read in the product."""
        for place in Municipality.objects.order_by("code"):
            told = engine.told_on(place, on=on)
            emails = dict(User.objects.filter(pk__in={row.person for row in told})
                          .values_list("pk", "email"))  # fmt: skip
            self.stdout.write(f"{place}, {in_figures(on)}: {len(told)}")
            for row in told:
                self.stdout.write(
                    f"  {emails[row.person]}  {row.matter.rule} {row.matter.pk}  "
                    f"tegen {in_figures(row.matter.due)} {row.offset:+}  {row.rung.label}"
                )
