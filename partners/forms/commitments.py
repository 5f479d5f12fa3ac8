"""What a party promises, and whether it was kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, UploadField, VersionedModelForm
from core.personal_data import refuse_national_number
from partners.forms.agreements import refuse_future
from partners.models import Agreement, AgreementParty, Commitment, CommitmentReport
from partners.models.agreements import SENSIBLE
from partners.workflow import CommitmentStatus

MOST = 2**63 - 1  # a key of the database
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
    """How it stands with a promise, and since when we know. It begins with what the partner reports,
    and says which report that was: a newer one has to be looked at too."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST)

    class Meta:
        model = Commitment
        fields = ("status", "judged_on", "remark")
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, reported: CommitmentReport | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.judged_on:
            self.initial["judged_on"] = None
        if reported and not self.is_bound:
            found = {"seen": reported.pk, "status": reported.status, "judged_on": None}
            self.initial.update(found)
        self.fields["judged_on"].validators += [refuse_future, *SENSIBLE]
        self.fields["judged_on"].help_text = _("Leeg: vandaag.")

    def clean_judged_on(self) -> Any:
        day = self.cleaned_data.get("judged_on")
        judged = self.cleaned_data.get("status") != CommitmentStatus.RUNNING
        return day or (timezone.localdate() if judged else None)


class ReportForm(CreateForm[CommitmentReport]):
    """How it goes with an own promise, as the partner sees it: short enough for a phone."""

    status = forms.ChoiceField(
        label=_("Hoe staat het ermee, volgens jullie?"),
        choices=CommitmentStatus.choices,
        widget=forms.RadioSelect,
    )
    file = UploadField(required=False)

    field_order = ("status", "done", "done_on", "file")

    class Meta:
        model = CommitmentReport
        fields = ("status", "done", "done_on")
        widgets = {"done": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"done_on": _("Verplicht als jullie het nagekomen zijn.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done"].validators.append(refuse_national_number)
        self.fields["done_on"].validators += [refuse_future, *SENSIBLE]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kept = cleaned.get("status") == CommitmentStatus.KEPT
        if kept and not cleaned.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", _("Zeg op welke dag het gedaan is."))
        return cleaned
