"""What a party promises, and whether it was kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, VersionedModelForm
from partners.forms.agreements import refuse_future
from partners.models import Agreement, AgreementParty, Commitment
from partners.models.agreements import SENSIBLE
from partners.workflow import CommitmentStatus

FIELDS = ("party", "gives", "gets", "rhythm", "due", "measure")
HELPS = {
    "gives": _("Eén belofte per engagement, in gewone woorden."),
    "gets": _("Wederkerigheid: wat doen de anderen in ruil?"),
    "rhythm": _("Bijvoorbeeld per kwartaal of bij elke melding."),
    "due": _("Alleen als er een einddag is."),
}


def _of(agreement: Agreement, field: Any) -> None:
    field.queryset = AgreementParty.objects.filter(agreement=agreement).select_related(
        "partner", "agreement"
    )


class CommitmentForm(CreateForm[Commitment]):
    class Meta:
        model = Commitment
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _of(agreement, self.fields["party"])
        self.fields["due"].validators += SENSIBLE


class CommitmentEditForm(VersionedModelForm[Commitment]):
    class Meta:
        model = Commitment
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _of(self.instance.agreement, self.fields["party"])
        self.fields["due"].validators += SENSIBLE


class JudgeForm(VersionedModelForm[Commitment]):
    """How it stands with a promise, and since when we know."""

    class Meta:
        model = Commitment
        fields = ("status", "judged_on", "remark")
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.judged_on:
            self.initial["judged_on"] = None
        self.fields["judged_on"].validators += [refuse_future, *SENSIBLE]
        self.fields["judged_on"].help_text = _("Leeg: vandaag.")

    def clean_judged_on(self) -> Any:
        day = self.cleaned_data.get("judged_on")
        judged = self.cleaned_data.get("status") != CommitmentStatus.RUNNING
        return day or (timezone.localdate() if judged else None)
