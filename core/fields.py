"""Model fields whose limits the database keeps as well."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class LongText(models.CharField[str, str]):
    """Text of several lines with a limit that PostgreSQL enforces (a plain TextField has none)."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 4}), **kwargs})


class SecureURL(models.URLField[str, str]):
    """An address on the web that begins with https; who leaves that out means it."""

    trouble = _("Geef een adres dat met https:// begint.")
    default_validators = [URLValidator(["https"], message=trouble)]

    def formfield(self, **kwargs: Any) -> Any:
        words = {"invalid": self.trouble}
        return super().formfield(**{"assume_scheme": "https", "error_messages": words, **kwargs})
