"""Two frozen reports side by side: figures, lights that changed, what came, ended and went."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from plans.workflow import ACTION_REALISED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Json = dict[str, Any]
AMOUNTS = ("planned", "committed", "spent")


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
        figures=list(_figures(old, new)),
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


def since(old: Json | None, new: Json, *, named: Collection[str] = ()) -> Json:
    """The chapter "since the previous report", to be frozen with the new one.

    What is no longer in the report is told by name only where it is in `named`: it may be gone
    because its level rose, and then its readers may not hear of it any more.
    """
    if old is None:
        return {"previous": None}
    before, after = _things(old), _things(new)
    both = [(before[key], row) for key, row in after.items() if key in before]
    gone = [row for key, row in before.items() if key not in after]
    return {
        "previous": {
            "title": old["title"],
            "period": old["period"]["label"],
            "made_on": old["made_on"],
        },
        "lines": list(_figures(old, new)),
        "new": [row["name"] for key, row in after.items() if key not in before],
        "done": [row["name"] for was, row in both if row["done"] and not was["done"]],
        "late": [row["name"] for was, row in both if row["late"] and not was["late"]],
        "caught_up": [
            row["name"] for was, row in both if was["late"] and not row["late"] and not row["done"]
        ],
        "moved": [
            {"name": row["name"], "old": was["due"], "new": row["due"]}
            for was, row in both
            if row["due"] != was["due"]
        ],
        "lights": [
            {"name": row["name"], "old": was["light"], "new": row["light"]}
            for was, row in both
            if row["light"] != was["light"]
        ],
        "gone": [row["name"] for row in gone if row["key"] in named],
        "gone_unnamed": sum(row["key"] not in named for row in gone),
        "budget": _budget(old, new),
    }


def _things(data: Json) -> dict[str, Json]:
    """What can be new, done, late or moved: actions, or what was shared with a partner."""
    if "actions" not in data:
        return {
            row["key"]: {
                "key": row["key"], "name": row["title"], "done": False, "late": False, "due": "",
                "light": "",
            }
            for row in data.get("gedeeld", [])
        }  # fmt: skip
    words = data["labels"]["light"]
    return {
        row["code"]: {
            "key": row["code"],
            "name": f"{row['code']} {row['title']}",
            "done": row["status"] in ACTION_REALISED,
            "late": row["late"],
            "due": row["due"],
            "light": words.get(row["light"], ""),
        }
        for row in data["actions"]
    }


def _figures(old: Json, new: Json) -> Iterator[Json]:
    """The same figures of both; what stands in no number, for it was too small, is left out."""
    if "tiles" not in new:
        yield from (_line(label, old["figures"], new["figures"], key) for key, label in _names())
        return
    before = {row["key"]: row["value"] for row in old.get("tiles", [])}
    for row in new["tiles"]:
        was, now = before.get(row["key"]), row["value"]
        if isinstance(was, int) and isinstance(now, int):
            yield _line(row["label"], {"n": was}, {"n": now}, "n")


def _budget(old: Json, new: Json) -> list[Json]:
    """The totals, where both tell of money; as text, so no cent is lost."""
    if "budget" not in old or "budget" not in new:
        return []
    return [
        {
            "name": name,
            "old": old["budget"]["total"][name],
            "new": new["budget"]["total"][name],
            "change": f"{Decimal(new['budget']['total'][name]) - Decimal(old['budget']['total'][name]):.2f}",
        }
        for name in AMOUNTS
    ]


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
