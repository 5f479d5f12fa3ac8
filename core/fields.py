"""Model fields whose limits the database keeps as well."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models


class LongText(models.CharField[str, str]):
    """Text of several lines with a limit that PostgreSQL enforces (a plain TextField has none)."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 4}), **kwargs})
