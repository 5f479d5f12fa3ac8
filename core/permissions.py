"""The vocabulary every app's permission rules are written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may this person do this?", with the reason to show when not."""

    allowed: bool
    reason: str | _StrPromise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_403(self) -> None:
        """Stop the request here, with the reason on the page."""
        if not self.allowed:
            raise PermissionDenied(str(self.reason))


ALLOWED = Verdict(allowed=True)


def denied(reason: str | _StrPromise) -> Verdict:
    return Verdict(allowed=False, reason=reason)
