"""The words of a mail, with the words that are filled in checked before they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedModelForm
from core.placeholders import unknown, used
from mails.kinds import all_kinds
from mails.models import WORDS, MailText

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS = 12
FRENCH = ("french_subject", "french")


class MailTextForm(VersionedModelForm[MailText]):
    class Meta:
        model = MailText
        fields = WORDS
        widgets = {"text": forms.Textarea(attrs={"rows": ROWS}),
                   "french": forms.Textarea(attrs={"rows": ROWS})}  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = all_kinds()[self.instance.kind]
        for name in ("subject", "french_subject"):
            if getattr(self.kind, name):
                self.fields[name].help_text = _("Zonder namen: een onderwerp leest iedereen mee.")
            else:
                del self.fields[name]
        if self.kind.subject:
            self.fields["subject"].required = True
        if not self.kind.may_be_french(self.instance.municipality):
            for name in FRENCH:
                self.fields.pop(name, None)

    def clean_subject(self) -> str:
        return self._open("subject")

    def clean_french_subject(self) -> str:
        return self._open("french_subject")

    def _open(self, name: str) -> str:
        text = " ".join(str(self.cleaned_data[name]).split())  # a subject is one line
        allowed = [word.name for word in self.kind.all_words if word.in_subject]
        private = [word.name for word in self.kind.all_words if not word.in_subject]
        if barred := [name for name in used(text) if name in private]:
            said = _("%(words)s mag niet in het onderwerp: dat leest iedereen mee.")
            raise forms.ValidationError(said, params={"words": braced(barred)})
        return _known(text, allowed)

    def clean_text(self) -> str:
        return self._whole("text")

    def clean_french(self) -> str:
        return self._whole("french") if self.cleaned_data["french"] else ""

    def _whole(self, name: str) -> str:
        text = _known(self.cleaned_data[name], [word.name for word in self.kind.all_words])
        missing = [
            word.name for word in self.kind.words if word.must and word.name not in used(text)
        ]
        if missing:
            said = _("Zonder %(words)s kan wie de mail krijgt er niets mee. Zet het in de tekst.")
            raise forms.ValidationError(said, params={"words": braced(missing)})
        return text


def braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _known(text: str, allowed: list[str]) -> str:
    if strange := unknown(text, allowed):
        words = ", ".join(one if "{" in one or "}" in one else f"{{{one}}}" for one in strange)
        said = _("%(words)s wordt niet ingevuld. Wat wel: %(allowed)s.")
        raise forms.ValidationError(said, params={"words": words, "allowed": braced(allowed)})
    return text
