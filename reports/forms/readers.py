"""Forms on a frozen report: send it, say something of a part, answer that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.forms import CreateForm, VersionedModelForm
from partners.models.agreements import SENSIBLE
from reports.models import ReaderRemark, Sending

if TYPE_CHECKING:
    from reports.document import Section
    from reports.models import Report


class SendForm(CreateForm[Sending]):
    """On which day it goes to its readers."""

    class Meta:
        model = Sending
        fields = ("on",)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.report = report
        self.initial.setdefault("on", timezone.localdate())
        self.fields["on"].validators += SENSIBLE

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < timezone.localdate():
            raise ValidationError(_("Die dag is voorbij. Kies vandaag of later."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if Sending.objects.waiting().filter(report=self.instance.report).exists():
            raise ValidationError(_("Dit rapport staat al klaar om te vertrekken."))
        return cleaned


class RemarkForm(CreateForm[ReaderRemark]):
    """What one has to say of one part of a report."""

    section = forms.ChoiceField(label=_lazy("Over welk deel"))

    class Meta:
        model = ReaderRemark
        fields = ("section", "text")

    def __init__(self, *args: Any, report: Report, sections: list[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.report = report
        self.labels = {section.anchor: section.label for section in sections}
        field: Any = self.fields["section"]
        field.choices = list(self.labels.items())

    def clean_section(self) -> str:
        anchor: str = self.cleaned_data["section"]
        self.instance.section_label = self.labels[anchor]
        return anchor


class AnswerForm(VersionedModelForm[ReaderRemark]):
    class Meta:
        model = ReaderRemark
        fields = ("answer",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
