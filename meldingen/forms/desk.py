"""What one does with one melding: a step, a note, another category, a handler, the end."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.geography import neighbourhood_at
from accounts.models import Membership, Neighbourhood, User
from accounts.roles import RIGHTS, Right, Role
from core import history
from core.confidentiality import Level
from core.forms import DayInput, HouseForm, VersionedModelForm
from core.geo import metres_between, point_in_words
from core.languages import Language
from core.personal_data import refuse_national_number
from core.placeholders import unknown
from core.widgets import choose_from
from meldingen import wording
from meldingen.forms.point import PointFields
from meldingen.models import AnswerState, Category, ClosureReason, Melding
from meldingen.operations.joining import DOUBLE
from meldingen.operations.steps import target_of
from partners.models import Partner
from plans.models import Action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from meldingen.models import Reporter
    from meldingen.workflow import Step


POINT = frozenset({"latitude", "longitude"})
FOLLOWS = ("place", "neighbourhood")  # change by themselves when the point does
POINT_LABEL = _("punt op de kaart")


def handlers_of(municipality_id: int) -> Any:
    """The services and partners that may have a melding of this municipality."""
    return Partner.objects.current().filter(municipality=municipality_id)


def people_of(municipality_id: int) -> Any:
    """Who handles meldingen there today."""
    roles = [role for role in Role if Right.MELDING_HANDLE in RIGHTS[role]]
    held = Membership.objects.active(on=timezone.localdate())
    held = held.filter(municipality=municipality_id, role__in=roles)
    return User.objects.active().filter(pk__in=held.values("user")).order_by("name")


def _chosen_from(field: Any, rows: Any, empty: Any) -> None:
    """A select, or where the list is long a box to type in."""
    field.queryset = rows
    names = {str(row.pk): str(row) for row in rows}
    field.widget = choose_from(names, empty=str(empty))
    field.widget.is_required = field.required


class StepForm(HouseForm):
    """What a step of the table asks: a day, or words."""

    day = forms.DateField(label=_("Op welke dag?"), widget=DayInput)
    text = forms.CharField(
        label=_("Waarom?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_national_number],
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.needs_day:
            del self.fields["day"]
        if not step.needs_text:
            del self.fields["text"]
        elif step.name == "wachten":
            self.fields["text"].label = _("Op wie of wat wacht het?")

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is al voorbij."))
        return day


class AskForm(HouseForm):
    """What we ask whoever reported."""

    text = forms.CharField(
        label=_("Wat wil je weten?"),
        help_text=_("Schrijf het zoals de melder het leest: met u, zonder namen van anderen."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_national_number],
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class NoteForm(HouseForm):
    text = forms.CharField(
        label=_("Notitie voor collega's"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_national_number],
    )


class EditForm(PointFields, VersionedModelForm[Melding]):
    """Corrections, and another category: that sets the norm anew and proposes who handles it.

    A point that moved brings its neighbourhood along, unless somebody chose one. An address that was
    reckoned from the point goes with it; typed over, it is nobody's reckoning any more.
    """

    fields_template = "meldingen/edit_fields.html"

    hand_over = forms.BooleanField(
        label=_(
            "Bij een andere categorie: geef de melding aan de dienst die dat meestal behandelt."
        ),
        required=False,
        initial=True,
    )

    class Meta:
        model = Melding
        fields = (
            "category", "text", "place", "latitude", "longitude", "neighbourhood", "kind", "urgency",
            "confidentiality",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    field_order = ("category", "hand_over")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        melding, fields = self.instance, self.fields
        place = melding.municipality_id
        current = Category.objects.filter(municipality=place, archived_at=None)
        _chosen_from(
            fields["category"],
            current | Category.objects.filter(pk=melding.category_id),
            _("Kies …"),
        )
        hood: Any = fields["neighbourhood"]
        hood.queryset = Neighbourhood.objects.filter(municipality=place)
        hood.help_text = _("Verplaats je het punt, dan volgt de wijk vanzelf.")
        self.point_places = [place]
        level: Any = fields["confidentiality"]
        read = {*by.levels_by_municipality().get(place, ()), melding.confidentiality}
        level.choices = [(value, label) for value, label in Level.choices if value in read]
        if Melding.objects.visible_to(by).filter(joined_to=melding.pk).exists():
            level.help_text = _("Geldt ook voor wat hiermee samengevoegd is.")
        fields["text"].validators.append(refuse_national_number)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        category = cleaned.get("category")
        if category and category.is_sensitive and cleaned.get("confidentiality") == Level.PUBLIC:
            said = _("Deze categorie gaat over mensen: kies minstens Intern.")
            self.add_error("confidentiality", said)
        if "category" not in self.changed_data:
            cleaned["hand_over"] = False
        self._follow_point(cleaned)
        return cleaned

    @property
    def point_moved(self) -> bool:
        return not POINT.isdisjoint(self.changed_data)

    def _follow_point(self, cleaned: dict[str, Any]) -> None:
        """What is known by the point alone, for where it lies now."""
        self.before = self.instance.point
        reckoned = self.instance.place_is_reckoned
        if self.point_moved and "neighbourhood" not in self.changed_data:
            at = cleaned.get("latitude"), cleaned.get("longitude")
            found = neighbourhood_at(self.instance.municipality_id, *at)
            cleaned["neighbourhood"] = found or cleaned.get("neighbourhood")
        if self.point_moved and reckoned and "place" not in self.changed_data:
            cleaned["place"] = ""
        if self.point_moved or "place" in self.changed_data:
            self.instance.place_is_reckoned = cleaned["place_is_reckoned"] = False

    def changes(self) -> list[history.Change]:
        """The point in words: how far it moved says more than two rows of digits."""
        told = [row for row in super().changes() if row["field"] not in {*POINT, *FOLLOWS}]
        for name in FOLLOWS:
            old, new = self._before(name) or "", self.cleaned_data.get(name) or ""
            if old != new:
                told.append(history.change(self.instance, name, old, new))
        if self.point_moved:
            new = _moved(self.before, self.instance.point)
            told.append({"field": "point", "label": str(POINT_LABEL), "old": "", "new": new})
        return told

    def _take_theirs(self) -> None:
        """A point is one thing, though it travels as two fields."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        if "choose-latitude" in data:
            data["choose-longitude"] = data["choose-latitude"]
        self.data = data
        super()._take_theirs()

    def note_clash(self) -> None:
        super().note_clash()
        self.clashes = [row for row in self.clashes if row["name"] not in POINT]
        if self.point_moved:
            typed = (self.cleaned_data.get(name) for name in ("latitude", "longitude"))
            theirs, mine = self.instance.point_in_words, point_in_words(*typed)
            said = {"name": "latitude", "label": POINT_LABEL, "theirs": theirs, "mine": mine}
            self.clashes.append(said)


def _moved(before: tuple[float, float] | None, now: tuple[float, float] | None) -> str:
    if before is None or now is None:
        return str(_("gekozen") if now else _("gewist"))
    return str(_("%d meter verplaatst")) % max(round(metres_between(before, now)), 1)


class AssignForm(HouseForm):
    """A service or partner, a person, or both."""

    handler = forms.ModelChoiceField(
        Partner.objects.none(), label=_("Dienst of partner"), required=False
    )
    assignee = forms.ModelChoiceField(User.objects.none(), label=_("Persoon"), required=False)

    def __init__(self, *args: Any, melding: Melding, **kwargs: Any) -> None:
        initial = {"handler": melding.handler_id, "assignee": melding.assignee_id}
        super().__init__(*args, initial=initial, **kwargs)
        place = melding.municipality_id
        _chosen_from(self.fields["handler"], handlers_of(place), _("Geen dienst"))
        _chosen_from(self.fields["assignee"], people_of(place), _("Niemand in het bijzonder"))


class LinkForm(HouseForm):
    """An action of the plan, among those that this person sees."""

    action = forms.ModelChoiceField(
        Action.objects.none(),
        label=_("Actie van het plan"),
        required=False,
        help_text=_("Leeg: bij geen actie."),
    )

    def __init__(self, *args: Any, melding: Melding, by: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"action": melding.action_id}, **kwargs)
        seen = Action.objects.visible_to(by).current()
        here = seen.filter(plan__municipality=melding.municipality_id).in_plan_order()
        field: Any = self.fields["action"]
        field.queryset = here
        names = {str(row.pk): f"{row.code} {row.title}" for row in here}
        field.widget = choose_from(names, empty=str(_("Geen actie")))


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what one reporter gets; who that is stays out of it."""

    number: str
    channel: str
    language: str
    text: str


def starred(reason: ClosureReason) -> str:
    """A reason as it is chosen: a star, that never stands alone on a line, where it asks words."""
    return f"{reason}\u00a0*" if reason.needs_text else str(reason)


class CloseForm(HouseForm):
    """Why it is over, and what the reporters hear: seen first, then sent."""

    reason = forms.ModelChoiceField(
        ClosureReason.objects.none(),
        label=_("Wat was het?"),
        empty_label=None,
        widget=forms.RadioSelect(attrs={"class": "choices is-tiles"}),
    )
    text = forms.CharField(
        label=_("Toelichting"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_national_number],
        help_text=_("Nodig bij een reden met een sterretje; van een dubbele het nummer."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, melding: Melding, reporters: Sequence[Reporter], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.melding, self.reporters = melding, list(reporters)
        self.languages = sorted({row.language for row in self.reporters}, reverse=True)
        self.words: dict[str, str] = {}
        field: Any = self.fields["reason"]
        here = ClosureReason.objects.filter(municipality=melding.municipality_id, archived_at=None)
        field.queryset, field.label_from_instance = here, starred
        for language in self.languages if self.is_bound else ():
            self._ask_words(language)

    def _ask_words(self, language: str) -> None:
        """The answer in one language, and a mark of the text that was proposed for it."""
        several = len(self.languages) > 1 or language != Language.DUTCH
        plain = str(_("Antwoord"))
        label = str(_("Antwoord in het %s")) % Language(language).label if several else plain
        self.fields[f"words_{language}"] = forms.CharField(
            label=label,
            max_length=3500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            validators=[refuse_national_number],
        )
        mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
        self.fields[f"draft_{language}"] = mark

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reason = cleaned.get("reason")
        if reason and not cleaned.get("text"):
            if reason.code == DOUBLE:
                said = _("Van welke? Geef het nummer, of gebruik Samenvoegen op de melding.")
                self.add_error("text", said)
            elif reason.needs_text:
                self.add_error("text", _("Deze reden vraagt een eigen toelichting."))
        for language in self.languages:
            name = f"words_{language}"
            if strange := unknown(cleaned.get(name, ""), wording.PLACES):
                self.add_error(name, _("Dit vult niemand in: %s.") % ", ".join(strange))
        if reason and not self.errors:
            self._propose(reason)
        return cleaned

    def _propose(self, reason: ClosureReason) -> None:
        """The standard text, unless somebody wrote another; shown again it is what is typed in."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        self.data = data
        for language in self.languages:
            name, mark = f"words_{language}", f"draft_{language}"
            typed = self.cleaned_data[name].replace("\r\n", "\n")
            why = wording.explained(reason, self.cleaned_data["text"], language)
            drafted = wording.draft(self.melding, target_of(reason), language, reason=why)
            untouched = not typed or wording.print_of(typed) == self.cleaned_data[mark]
            self.words[language] = drafted if untouched else typed
            data[name] = self.words[language]
            data[mark] = wording.print_of(drafted) if untouched else ""

    @property
    def previews(self) -> list[Preview]:
        reason = self.cleaned_data.get("reason")
        status = target_of(reason) if reason else ""
        return [
            Preview(
                row.melding.number,
                row.get_channel_display(),
                row.get_language_display(),
                wording.for_reporter(self.words[row.language], row, status),
            )
            for row in self.reporters
            if row.language in self.words
        ]

    @property
    def print_of_preview(self) -> str:
        """Who changes a letter, or a reporter who came since, brings the preview back once more."""
        told = [(row.pk, row.channel, self.words.get(row.language)) for row in self.reporters]
        return wording.print_of(self.cleaned_data["reason"].pk, self.cleaned_data["text"], *told)

    @property
    def was_seen(self) -> bool:
        """Nobody to answer: nothing to see first."""
        return not self.reporters or self.cleaned_data["seen"] == self.print_of_preview


class SettleForm(HouseForm):
    """How an answer went, with a word about it."""

    state = forms.ChoiceField(
        label=_("Hoe ging het?"),
        choices=[
            (AnswerState.DONE, AnswerState.DONE.label),
            (AnswerState.NOT_POSSIBLE, AnswerState.NOT_POSSIBLE.label),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices is-tiles"}),
    )
    result = forms.CharField(
        label=_("In een woord"),
        max_length=300,
        required=False,
        help_text=_("Bijvoorbeeld: ingesproken, of: nummer bestaat niet meer. Zonder namen."),
        validators=[refuse_national_number],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == AnswerState.NOT_POSSIBLE and not cleaned.get("result"):
            self.add_error("result", _("Zeg erbij waarom het niet lukte."))
        return cleaned
