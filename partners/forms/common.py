"""What the forms of this app share."""

from __future__ import annotations

from typing import Any

from django import forms


class OfOnePlace(forms.ModelForm[Any]):
    """An edit of a row that stays where it belongs.

    Rules such as "this name once per municipality" are then asked as well, though the municipality
    itself is not in the form.
    """

    kept: tuple[str, ...] = ("municipality",)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - set(self.kept)  # type: ignore[misc,no-any-return]
