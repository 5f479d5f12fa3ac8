"""Two frozen reports side by side: figures, lights that changed, actions that came and went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different in the later of two snapshots."""

    figures: list[Json]
    statuses: list[Json]
    partners: list[Json]  # the lights of partners, when both tell of them
    lights: list[Json]  # actions whose light or status changed
    came: list[Json]
    went: list[Json]

    @property
    def is_empty(self) -> bool:
        return not (self.lights or self.came or self.went)


def compare(old: Json, new: Json) -> Comparison:
    before = {row["code"]: row for row in old["actions"]}
    after = {row["code"]: row for row in new["actions"]}
    return Comparison(
        figures=[_line(label, old["figures"], new["figures"], key) for key, label in _names()],
        statuses=[
            _line(new["labels"]["status"][code], old["statuses"], new["statuses"], code)
            for code in new["orders"]["status"]
            if old["statuses"].get(code) or new["statuses"].get(code)
        ],
        partners=_partners(old, new),
        lights=[
            _moved(before[code], row, old["labels"], new["labels"])
            for code, row in after.items()
            if code in before and _differs(before[code], row)
        ],
        came=[row for code, row in after.items() if code not in before],
        went=[row for code, row in before.items() if code not in after],
    )


def _partners(old: Json, new: Json) -> list[Json]:
    """Only two reports for the core group both tell of partners."""
    before, after = old.get("engagement"), new.get("engagement")
    if before is None or after is None:
        return []
    words = new["labels"]["light"]
    return [_line(words[code], before["lights"], after["lights"], code) for code in after["lights"]]


def _names() -> list[tuple[str, str]]:
    return [
        ("actions", _("Acties in het plan")),
        ("realised", _("Gerealiseerd")),
        ("quick_wins_done", _("Quick wins klaar")),
        ("updated", _("Bijgewerkt in de periode")),
        ("late", _("Over tijd")),
        ("silent", _("Langer dan 90 dagen geen nieuws")),
        ("leaderless", _("Zonder trekker die aanvaardde")),
    ]


def _line(label: str, old: Json, new: Json, key: str) -> Json:
    first, second = old.get(key, 0), new.get(key, 0)
    change = second - first
    return {
        "label": label,
        "old": first,
        "new": second,
        "change": f"{change:+d}" if change else "=",
    }


def _differs(old: Json, new: Json) -> bool:
    return any(old[name] != new[name] for name in ("light", "status"))


def _moved(old: Json, new: Json, old_labels: Json, new_labels: Json) -> Json:
    return {
        "code": new["code"],
        "title": new["title"],
        "old_light": old["light"],
        "new_light": new["light"],
        "old_light_label": old_labels["light"].get(old["light"], "–"),
        "new_light_label": new_labels["light"].get(new["light"], "–"),
        "old_status": old_labels["status"].get(old["status"], old["status"]),
        "new_status": new_labels["status"].get(new["status"], new["status"]),
        "old_progress": old["progress"],
        "new_progress": new["progress"],
    }
