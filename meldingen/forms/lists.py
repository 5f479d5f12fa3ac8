"""The lines of the municipality's own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.forms import CreateForm, OfOnePlace, VersionedModelForm
from core.placeholders import unknown
from core.widgets import LinesWidget
from meldingen.models import (
    Category,
    CategoryGroup,
    CategoryQuestion,
    ClosureReason,
    PublicText,
    QuestionKind,
    Source,
    StandardText,
)
from meldingen.placeholders import EXAMPLES
from meldingen.public_texts import TERM
from partners.models import Partner

if TYPE_CHECKING:
    from accounts.models import User

CATEGORY = ("code", "name", "french", "group", "handler", "ack_days", "resolve_days", "warden_role",
            "may_sanction", "is_external", "is_sensitive", "hint", "urgent_note")  # fmt: skip
REASON = ("code", "name", "french", "needs_text", "resolves")
SOURCE = ("code", "name", "is_public", "is_internal")
TEXT = ("occasion", "category", "dutch", "french")
PUBLIC = ("spot", "source", "dutch", "french")
QUESTION = ("label", "kind", "choices", "is_required")
MOST_CHOICES = 30


# What a line may point to, of the same municipality.
KEPT: tuple[tuple[str, Any], ...] = (
    ("group", CategoryGroup), ("handler", Partner), ("category", Category), ("source", Source),
)  # fmt: skip


class OfMine:
    """Choices are those of the municipalities whose lists this person keeps."""

    fields: Any
    instance: Any

    def offer(self, by: User) -> None:
        places = by.municipality_ids_with(Right.MELDING_LISTS)
        if self.instance.pk:
            places = frozenset({self.instance.municipality_id})
        if "municipality" in self.fields:
            self.fields["municipality"].queryset = Municipality.objects.filter(pk__in=places)
            self.fields["municipality"].initial = min(places, default=None)
        here = {"municipality__in": places}
        for name, rows in KEPT:
            if name in self.fields:
                found = rows.objects.filter(**here)
                self.fields[name].queryset = found.filter(archived_at=None)

    def keep_together(self, data: dict[str, Any]) -> None:
        """What belongs to another municipality is no choice."""
        place = data.get("municipality") or self.instance.municipality_id
        key = getattr(place, "pk", place)
        for name, _rows in KEPT:
            row = data.get(name)
            if row and key and row.municipality_id != key:
                self.add_error(name, _("Dit is van een andere gemeente."))  # type: ignore[attr-defined]


class ItemForm(OfMine, CreateForm[Any]):
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(by)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.keep_together(data)
        return data


class ItemEditForm(OfMine, OfOnePlace, VersionedModelForm[Any]):
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(by)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.keep_together(data)
        return data


class CategoryForm(ItemForm):
    class Meta:
        model = Category
        fields = ("municipality", *CATEGORY)


class CategoryEditForm(ItemEditForm):
    class Meta:
        model = Category
        fields = CATEGORY


class GroupForm(ItemForm):
    class Meta:
        model = CategoryGroup
        fields = ("municipality", "code", "name")


class GroupEditForm(ItemEditForm):
    class Meta:
        model = CategoryGroup
        fields = ("code", "name")


class SourceForm(ItemForm):
    class Meta:
        model = Source
        fields = ("municipality", *SOURCE)


class SourceEditForm(ItemEditForm):
    class Meta:
        model = Source
        fields = SOURCE


class ReasonForm(ItemForm):
    class Meta:
        model = ClosureReason
        fields = ("municipality", *REASON)


class ReasonEditForm(ItemEditForm):
    class Meta:
        model = ClosureReason
        fields = REASON


WORDS = ", ".join(f"{{{name}}}" for name in EXAMPLES)
HELP = {"dutch": _("Woorden die ingevuld worden: %(words)s") % {"words": WORDS}}


def _known(text: str) -> str:
    if strange := unknown(text, EXAMPLES):
        words = ", ".join(strange)
        raise forms.ValidationError(_("Dit wordt niet ingevuld: %(words)s") % {"words": words})
    return text


class WithWords:
    cleaned_data: Any

    def clean_dutch(self) -> str:
        return _known(self.cleaned_data["dutch"])

    def clean_french(self) -> str:
        return _known(self.cleaned_data["french"])


class TextForm(WithWords, ItemForm):
    class Meta:
        model = StandardText
        fields = ("municipality", *TEXT)
        help_texts = HELP


class TextEditForm(WithWords, ItemEditForm):
    class Meta:
        model = StandardText
        fields = TEXT
        help_texts = HELP


PUBLIC_HELP = {
    "dutch": _(
        "{termijn} wordt hoe lang we gegevens van melders bewaren, zoals bij Termijnen staat."
    )
}


class WithTerm:
    """The one word that is filled in here is how long contact data are kept."""

    cleaned_data: Any

    def clean_dutch(self) -> str:
        return self._term_alone("dutch")

    def clean_french(self) -> str:
        return self._term_alone("french")

    def _term_alone(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        if strange := unknown(text.replace(TERM, ""), EXAMPLES):
            words = ", ".join(strange)
            raise forms.ValidationError(_("Dit wordt niet ingevuld: %(words)s") % {"words": words})
        return text


class PublicTextForm(WithTerm, ItemForm):
    class Meta:
        model = PublicText
        fields = ("municipality", *PUBLIC)
        help_texts = PUBLIC_HELP


class PublicTextEditForm(WithTerm, ItemEditForm):
    class Meta:
        model = PublicText
        fields = PUBLIC
        help_texts = PUBLIC_HELP


class WithChoices:
    """A question with choices has at least two, each once."""

    fields: Any
    cleaned_data: Any
    instance: CategoryQuestion

    def lines(self) -> None:
        self.fields["choices"].help_text = _("Eén keuze per regel.")

    def clean_choices(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if any(len(line) > 80 for line in found) or len(found) > MOST_CHOICES:  # noqa: PLR2004
            raise forms.ValidationError(_("Hoogstens dertig keuzes van tachtig tekens."))
        return found

    def ask_choices(self, data: dict[str, Any]) -> None:
        asks = data.get("kind") in {QuestionKind.CHOICE, QuestionKind.CHOICES}
        if asks and len(data.get("choices") or []) < 2:  # noqa: PLR2004
            self.add_error("choices", _("Geef minstens twee keuzes."))  # type: ignore[attr-defined]


def _choices_field() -> forms.CharField:
    return forms.CharField(label=_("Keuzes"), required=False, max_length=3000,
                           widget=LinesWidget(attrs={"rows": 4}))  # fmt: skip


class QuestionForm(WithChoices, CreateForm[CategoryQuestion]):
    choices = _choices_field()

    class Meta:
        model = CategoryQuestion
        fields = QUESTION

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.category = category
        self.lines()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.ask_choices(data)
        return data


class QuestionEditForm(WithChoices, VersionedModelForm[CategoryQuestion]):
    choices = _choices_field()

    class Meta:
        model = CategoryQuestion
        fields = QUESTION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.ask_choices(data)
        return data
