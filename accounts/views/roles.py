"""The page "Wie mag wat", drawn from the one table of roles."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import INVOLVED_LEVELS, INVOLVED_ROLES, LEVELS, RIGHTS, Right, Role
from core.confidentiality import Level
from core.http import AuthedRequest


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what may be done, and for each role in turn whether it may."""

    label: str
    cells: list[tuple[str, str]]  # (role, "yes" | "some" | "")


@dataclass(frozen=True, slots=True)
class RoleCard:
    """The same, told per role: for a phone."""

    label: str
    rights: list[str]
    levels: list[str]
    some_levels: list[str]
    second_factor: bool


def _right_row(right: Right) -> Row:
    cells = [(str(role.label), "yes" if right in RIGHTS[role] else "") for role in Role]
    return Row(str(right.label), cells)


def _reads(role: Role, level: Level) -> str:
    if level in LEVELS[role]:
        return "yes"
    return "some" if role in INVOLVED_ROLES and level in INVOLVED_LEVELS else ""


def _level_row(level: Level) -> Row:
    return Row(str(level.label), [(str(role.label), _reads(role, level)) for role in Role])


def _card(role: Role) -> RoleCard:
    return RoleCard(
        label=str(role.label),
        rights=[str(right.label) for right in Right if right in RIGHTS[role]],
        levels=[str(level.label) for level in Level if _reads(role, level) == "yes"],
        some_levels=[str(level.label) for level in Level if _reads(role, level) == "some"],
        second_factor=role in settings.MFA_REQUIRED_ROLES,
    )


@require_safe
def roles(request: AuthedRequest) -> HttpResponse:
    context = {
        "roles": [role.label for role in Role],
        "rights": [_right_row(right) for right in Right],
        "levels": [_level_row(level) for level in Level],
        "cards": [_card(role) for role in Role],
    }
    return render(request, "accounts/roles.html", context)
