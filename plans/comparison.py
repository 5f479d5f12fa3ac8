"""Two texts of a plan beside each other: what came, what went, and what changed word by word."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from plans.models import Action, Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

    from accounts.models import User
    from plans.models import Plan

Json = dict[str, Any]
_WORDS = re.compile(r"\s+|[^\s]+")


def readable(snapshot: Json, plan: Plan, user: User) -> Json:
    """A snapshot without the actions this person may not read, now or at the level they had then."""
    now = dict(
        Action.objects.visible_to(user).filter(plan=plan).values_list("code", "confidentiality")
    )
    held = _levels(plan, user)
    domains = [
        {**domain, "sub_themes": [_only(theme, now, held) for theme in domain["sub_themes"]]}
        for domain in snapshot["domains"]
    ]
    return {**snapshot, "domains": domains}


def _levels(plan: Plan, user: User) -> frozenset[str]:
    levels = user.levels_by_municipality()
    if plan.municipality_id:
        return frozenset(levels.get(plan.municipality_id, frozenset()))
    return frozenset().union(*levels.values())


def _only(theme: Json, now: dict[str, str], held: frozenset[str]) -> Json:
    actions = [
        action
        for action in theme["actions"]
        if action["code"] in now
        and (action["confidentiality"] in held or action["confidentiality"] == now[action["code"]])
    ]
    return {**theme, "actions": actions}


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of the plan that keeps its name from one version to the next."""

    label: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece that came, went or changed."""

    label: str
    kind: str  # added, removed or changed
    fields: list[tuple[str, SafeString]]


def elements(snapshot: Json) -> dict[str, Element]:
    """The pieces of a snapshot by a key that stays the same when the text changes."""
    found = {"plan": Element(_("Het plan"), _head(snapshot))}
    for section in snapshot["sections"]:
        label = _("Hoofdstuk: %s") % section["title"]
        found[f"section:{section['title']}"] = Element(label, {_("tekst"): section["body"]})
    for principle in snapshot["principles"]:
        label = _("Baken %s") % principle["code"]
        fields = {_("titel"): principle["title"], _("uitleg"): principle["text"]}
        found[f"principle:{principle['code']}"] = Element(label, fields)
    for domain in snapshot["domains"]:
        found.update(_domain(domain))
    return found


def _head(snapshot: Json) -> dict[str, str]:
    return {
        _("titel"): snapshot["title"],
        _("motto"): snapshot.get("motto", ""),
        _("begint"): _day(snapshot["starts"]),
        _("eindigt"): _day(snapshot["ends"]),
        _("jaarthema's"): "\n".join(row["title"] for row in snapshot.get("year_themes", [])),
        _("andere plannen"): "\n".join(row["title"] for row in snapshot.get("related_plans", [])),
    }


def _day(text: str) -> str:
    """A day as people write it; a snapshot has it as machines do."""
    return date_format(dt.date.fromisoformat(text), "j F Y") if text else ""


def _domain(domain: Json) -> Iterator[tuple[str, Element]]:
    label = _("Domein %d") % domain["number"]
    fields = {
        _("titel"): domain["title"],
        _("probleemstelling"): domain["problem"],
        _("context"): domain["background"],
        _("strategische doelstellingen"): "\n".join(_goal(goal) for goal in domain["goals"]),
    }
    yield f"domain:{domain['number']}", Element(label, fields)
    for theme in domain["sub_themes"]:
        yield from _sub_theme(domain["number"], theme)


def _goal(goal: Any) -> str:
    """A goal with its indicators in one text."""
    if isinstance(goal, str):
        return goal
    lines = [f"{row['title']}: {row['baseline']} → {row['target']}" for row in goal["indicators"]]
    return "\n".join([goal["text"], *lines])


def _sub_theme(number: int, theme: Json) -> Iterator[tuple[str, Element]]:
    fields = {
        _("titel"): theme["title"],
        _("verantwoording"): theme["why"],
        _("tactische doelstellingen"): "\n".join(theme["goals"]),
    }
    label = _("Deelthema %s") % theme["code"]
    yield f"sub_theme:{number}:{theme['code']}", Element(label, fields)
    for action in theme["actions"]:
        yield f"action:{action['code']}", _action(action, theme)


def _action(action: Json, theme: Json) -> Element:
    fields = {
        _("deelthema"): f"{theme['code']} {theme['title']}",
        _("titel"): action["title"],
        _("waarom"): action["why"],
        _("wat we doen"): action["how"],
        _("verwacht resultaat"): action["expected_result"],
        _("dimensie"): str(Dimension(action["dimension"]).label),
        _("trekker"): action["lead"],
        _("begint"): _day(action["start"]),
        _("eindigt"): _day(action["due"]),
        _("doorlopend"): _("ja") if action["structural"] else "",
    }
    return Element(_("Actie %s") % action["code"], fields)


def compare(old: Json, new: Json) -> list[Difference]:
    """What differs, in the order of the newer text; what went comes last."""
    before, after = elements(old), elements(new)
    found = [
        _difference(before.get(key), element)
        for key, element in after.items()
        if before.get(key) != element
    ]
    gone = [_difference(element, None) for key, element in before.items() if key not in after]
    return found + gone


def _difference(old: Element | None, new: Element | None) -> Difference:
    shown = new or old
    assert shown is not None  # noqa: S101 - one of both is there
    kind = "changed" if old and new else ("added" if new else "removed")
    was, now = old.fields if old else {}, new.fields if new else {}
    fields = [
        (name, word_diff(was.get(name, ""), now.get(name, "")))
        for name in shown.fields
        if was.get(name, "") != now.get(name, "")
    ]
    return Difference(shown.label, kind, fields)


def word_diff(old: str, new: str) -> SafeString:
    """Both texts in one: what went is struck through, what came is marked."""
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    pieces = [
        _piece(tag, "".join(was[a:b]), "".join(now[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _piece(tag: str, old: str, new: str) -> SafeString:
    if tag == "equal":
        return format_html("{}", new)
    gone = format_html("<del>{}</del>", old) if old else ""
    came = format_html("<ins>{}</ins>", new) if new else ""
    return format_html("{}{}", gone, came)
