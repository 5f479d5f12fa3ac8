"""What was done in the demo when a partner did not keep its word."""

from __future__ import annotations

from typing import Any

from demo.loader.cast import Cast
from partners.models import EscalationStep


def load_escalations(rows: list[dict[str, Any]], cast: Cast) -> None:
    for row in rows:
        step = EscalationStep.objects.create(
            partner=cast.partner(row["partner"]), rung=row["rung"], on=row["date"],
            about=row["about"], agreed=row.get("agreed", ""), by=cast.coordinator,
        )  # fmt: skip
        cast.note("partner.escalated", step.partner, by=cast.coordinator, on=row["date"])
