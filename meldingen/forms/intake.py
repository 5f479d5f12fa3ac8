"""Taking in a melding at the desk, in the order of a phone call: what, where, and who told it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.geography import neighbourhood_at
from accounts.models import Neighbourhood
from accounts.roles import Right
from core.forms import CreateForm
from core.languages import Language
from core.personal_data import refuse_national_number
from core.widgets import Datalist
from meldingen import public_texts
from meldingen.forms.photos import PhotosField
from meldingen.forms.point import PointFields
from meldingen.models import (
    Category,
    CategoryQuestion,
    Channel,
    Melding,
    QuestionKind,
    Reporter,
    Source,
)

if TYPE_CHECKING:
    from accounts.models import User

READING = (Right.MELDING_READ, Right.MELDING_READ_OWN)
NEEDED = {
    Channel.MAIL: "reporter_email",
    Channel.PHONE: "reporter_phone",
    Channel.LETTER: "reporter_address",
}
CHOSEN = frozenset({"category", "source", "neighbourhood", "kind", "urgency"})
YES_NO = [("ja", _("Ja")), ("nee", _("Nee"))]


class KnownCategoryField(forms.ModelChoiceField[Category]):
    """One of the categories that the form read already: choosing asks the database nothing."""

    def __init__(self, known: dict[str, Category], rows: Any, label: Any) -> None:
        super().__init__(rows, label=label)
        self.known = known

    def to_python(self, value: Any) -> Category | None:
        if value in self.empty_values:
            return None
        if str(value) not in self.known:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return self.known[str(value)]


class IntakeForm(PointFields, CreateForm[Melding]):
    """A new melding; the fields about the reporter are kept in a table of their own."""

    fields_template = "meldingen/intake_fields.html"

    reporter_name = forms.CharField(label=_("Naam"), max_length=150, required=False)
    reporter_phone = forms.CharField(
        label=_("Telefoon"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    reporter_email = forms.EmailField(label=_("E-mailadres"), required=False)
    reporter_address = forms.CharField(label=_("Adres"), max_length=200, required=False)
    channel = forms.ChoiceField(
        label=_("Antwoord via"), choices=Channel.choices, initial=Channel.NONE, required=False
    )
    language = forms.ChoiceField(
        label=_("Taal"), choices=Language.choices, initial=Language.DUTCH, required=False
    )
    consents = forms.BooleanField(
        label=_("Naam en contact mogen naar wie het oplost"), required=False
    )
    photos = PhotosField(label=_("Foto's"), required=False)

    class Meta:
        model = Melding
        fields = (
            "category", "text", "place", "neighbourhood", "happened_at", "source", "kind", "urgency",
        )  # fmt: skip
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "happened_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = frozenset().union(*(by.municipality_ids_with(right) for right in READING))
        fields: Any = self.fields
        self.point_places = places
        here = {"municipality__in": places, "archived_at": None}
        fields["source"].queryset = Source.objects.filter(**here, is_public=False)
        fields["neighbourhood"].queryset = Neighbourhood.objects.filter(municipality__in=places)
        fields["neighbourhood"].help_text = _("Met een punt op de kaart volgt de wijk vanzelf.")
        fields["text"].validators.append(refuse_national_number)
        fields["happened_at"].required = False
        rows: Any = Category.objects.filter(**here)
        self._ask_category(rows.select_related("municipality", "handler"), places)
        self._ask_questions()

    def _ask_category(self, rows: Any, places: frozenset[int]) -> None:
        """Typed, not scrolled; with the municipality where somebody works for more than one."""
        several = len(places) > 1
        self.categories = {str(row.pk): row for row in rows}
        field: Any = KnownCategoryField(self.categories, rows, self.fields["category"].label)
        self.fields["category"] = field
        names = {
            key: f"{row.name} ({row.municipality})" if several else row.name
            for key, row in self.categories.items()
        }
        attrs = {
            "autofocus": True,
            "autocomplete": "off",
            "hx-get": reverse_lazy("meldingen:questions"),
            "hx-trigger": "change",
            "hx-target": "#vragen",
        }
        field.widget = Datalist(names, attrs=attrs)
        field.widget.is_required = True
        field.error_messages["invalid_choice"] = _("Kies een categorie uit de lijst.")

    @property
    def category_chosen(self) -> Category | None:
        """The one typed or chosen, before anything is judged."""
        chosen = self["category"].data if self.is_bound else None
        return self.categories.get(str(chosen))

    def _ask_questions(self) -> None:
        """What this category asks besides."""
        self.asked: dict[str, CategoryQuestion] = {}
        if self.category_chosen is None:
            return
        for row in CategoryQuestion.objects.filter(category=self.category_chosen, archived_at=None):
            name = f"q{row.pk}"
            self.asked[name], self.fields[name] = row, _question_field(row)

    @property
    def privacy(self) -> str:
        """What to tell whoever reports by the way that is chosen."""
        try:
            source: Any = self.fields["source"].clean(self["source"].value())
        except forms.ValidationError:
            return ""
        return public_texts.privacy_for(source)

    @property
    def questions(self) -> list[Any]:
        return [self[name] for name in self.asked]

    def sketch(self) -> Melding | None:
        """As far as it is typed, for whoever looks for others like it."""
        category = self.category_chosen
        if category is None:
            return None
        hood: Any = self.fields["neighbourhood"]
        chosen = str(self["neighbourhood"].data or "")
        found = hood.queryset.filter(pk=chosen).first() if chosen.isdecimal() else None
        place = str(self["place"].data or "")[:200]
        latitude, longitude = self._point_typed()
        found = neighbourhood_at(category.municipality_id, latitude, longitude) or found
        if not found and not place and latitude is None:
            return None
        here = {"category": category, "municipality": category.municipality}
        return Melding(
            **here, place=place, neighbourhood=found, latitude=latitude, longitude=longitude
        )

    def _point_typed(self) -> tuple[float | None, float | None]:
        """What the map filled in, before anything is judged."""
        try:
            latitude, longitude = (
                self.fields[name].clean(self[name].data) for name in ("latitude", "longitude")
            )
        except forms.ValidationError:
            return None, None
        return (None, None) if None in (latitude, longitude) else (latitude, longitude)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        category, source, hood = (data.get(n) for n in ("category", "source", "neighbourhood"))
        if category and source and source.municipality_id != category.municipality_id:
            self.add_error("source", _("Deze bron is van een andere gemeente."))
        if category and hood and hood.municipality_id != category.municipality_id:
            self.add_error("neighbourhood", _("Deze wijk ligt in een andere gemeente."))
        field = NEEDED.get(data.get("channel"))  # type: ignore[arg-type]
        if field and not data.get(field) and field not in self.errors:
            self.add_error(field, _("Nodig om zo te antwoorden."))
        if category:
            self.instance.municipality = category.municipality
        self.instance.latitude, self.instance.longitude = data["latitude"], data["longitude"]
        if self.files and self.errors and "photos" not in self.errors:
            self.add_error("photos", _("Kies de foto's nog eens: je browser houdt ze niet bij."))
        self.instance.answers = {
            str(row.pk): data[name] for name, row in self.asked.items() if data.get(name)
        }
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """What was chosen from a list is known to be right: the row need not ask that once more."""
        found: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return found | CHOSEN

    def clean_happened_at(self) -> Any:
        return self.cleaned_data["happened_at"] or self.instance.happened_at

    def reporter(self) -> Reporter | None:
        """Whoever told it, when anything is known; anonymous leaves no row."""
        data = self.cleaned_data
        reporter = Reporter(
            name=data["reporter_name"],
            email=data["reporter_email"],
            phone=data["reporter_phone"],
            address=data["reporter_address"],
            channel=data["channel"] or Channel.NONE,
            language=data["language"] or Language.DUTCH,
            consents=data["consents"],
        )
        known = reporter.name or reporter.email or reporter.phone or reporter.address
        return reporter if known or reporter.wants_answer else None


def _question_field(row: CategoryQuestion) -> forms.Field:
    common: dict[str, Any] = {"label": row.label, "required": row.is_required}
    offered = [(choice, choice) for choice in row.choices]
    if row.kind == QuestionKind.CHOICES:
        boxes = forms.CheckboxSelectMultiple(attrs={"class": "choices is-row"})
        return forms.MultipleChoiceField(choices=offered, widget=boxes, **common)
    if row.kind == QuestionKind.TEXT:
        return forms.CharField(max_length=300, validators=[refuse_national_number], **common)
    choices = YES_NO if row.kind == QuestionKind.YES_NO else offered
    radios = forms.RadioSelect(attrs={"class": "choices is-row"})
    return forms.ChoiceField(choices=choices, widget=radios, **common)
