"""The terms that a municipality sets for itself."""

from __future__ import annotations

from core.forms import VersionedModelForm
from meldingen.models import Terms


class TermsForm(VersionedModelForm[Terms]):
    class Meta:
        model = Terms
        fields = ("reporter_months", "mailbox_weeks")
