"""Amounts and measures as people here type them: 12.500,50."""

from __future__ import annotations

import re
from typing import Any

from django import forms

# Dots between groups of three, with or without a comma after them.
GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?")
SPACES = re.compile(r"[\s\u00a0\u202f€]")
LONGEST = 40  # characters: Python reads numbers of any length, slowly


class NumberField(forms.DecimalField):
    """A decimal number with a comma, and with dots between the thousands if one likes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("localize", None)
        super().__init__(localize=True, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = SPACES.sub("", value[:LONGEST])
            if GROUPED.fullmatch(value):
                value = value.replace(".", "")
            value = value.replace(",", ".")
        return super().to_python(value)
