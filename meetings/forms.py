"""Forms on a meeting, and on what was decided there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Municipality
from accounts.roles import Right
from core.forms import CreateForm, HouseForm, OfOnePlace, VersionedModelForm
from core.text import refuse_hidden_characters
from core.widgets import choose_from
from meetings.models import FOLLOWED_KINDS, Followed, Meeting, Presence, Resolution
from partners.forms.agreements import refuse_future
from partners.models import Partner
from partners.models.agreements import SENSIBLE
from plans.models import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User


MOST_DIGITS = 10  # a longer number is no key, and more than the database takes


class CodesInput(forms.TextInput):
    """Codes beside each other; a form for two people hands over a stored list as several values."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        return ", ".join(data.getlist(name)) if hasattr(data, "getlist") else data.get(name)


class ActionCodes(forms.ModelMultipleChoiceField[Action]):
    """Actions by the codes that everybody at the table uses: "1.4.2, 2.1.3"."""

    widget = CodesInput

    def clean(self, value: Any) -> Any:
        refuse_hidden_characters(str(value or ""))
        words = {word.strip().rstrip(".") for word in str(value or "").split(",")} - {""}
        # The key of a row has no dot; every code has one.
        keys = {
            word for word in words if word.isascii() and word.isdigit() and len(word) < MOST_DIGITS
        }
        offered: Any = self.queryset
        found = offered.filter(pk__in=keys) | offered.filter(code__in=words - keys)
        known = {action.code for action in found} | {str(action.pk) for action in found}
        if unknown := sorted(words - known):
            raise ValidationError(_("Deze actie is er niet: %s.") % ", ".join(unknown))
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(one.code for one in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return {one.pk for one in initial or ()} != {one.pk for one in self.clean(data)}
        except ValidationError:
            return True


def places_of(user: User) -> Any:
    """Where this person keeps the record."""
    return Municipality.objects.filter(pk__in=user.municipality_ids_with(Right.MEETING_EDIT))


def _offer_places(form: forms.ModelForm[Any], user: User) -> None:
    """The only place is chosen already."""
    field: Any = form.fields["municipality"]
    field.queryset = places_of(user)
    found = list(field.queryset[:2])
    if len(found) == 1:
        field.initial, field.empty_label = found[0], None


MEETING = ("body", "number", "on", "present", "agenda")


class MeetingForm(CreateForm[Meeting]):
    class Meta:
        model = Meeting
        fields = ("municipality", *MEETING)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_places(self, by)
        self.fields["on"].validators += SENSIBLE


class MeetingEditForm(OfOnePlace, VersionedModelForm[Meeting]):
    class Meta:
        model = Meeting
        fields = MEETING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].validators += SENSIBLE

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if self.instance.resolutions.filter(due__lt=day).exists():
            raise ValidationError(_("Een beslissing van dit overleg moest vroeger klaar zijn."))
        return day


NOT_ASKED = "niet gevraagd"


class AttendanceForm(HouseForm):
    """Which organisations were asked to a meeting, and which came.

    Those of the last meeting of the same body stand there already. What somebody leaves as it was
    stays as a colleague noted it meanwhile.
    """

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data)
        self.meeting = meeting
        self.noted = {row.partner_id: row for row in meeting.attendances.select_related("partner")}
        offered = Partner.objects.current().filter(municipality=meeting.municipality_id)
        usual = offered.filter(attendances__meeting__in=self._last())
        listed = {row.partner for row in self.noted.values()} | set(usual)
        for partner in sorted(listed, key=lambda one: one.name):
            self.fields[f"partner-{partner.pk}"] = self._row(partner)
        others = offered.exclude(pk__in=[one.pk for one in listed]).order_by("name")
        self.fields["more"] = forms.ModelMultipleChoiceField(
            others, required=False,
            label=_("Nog andere organisaties") if listed else _("Welke organisaties waren er?"),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Wat je hier aanvinkt, staat daarna bij de andere.") if listed else "",
        )  # fmt: skip

    def _last(self) -> list[Meeting]:
        rows = Meeting.objects.filter(
            municipality=self.meeting.municipality_id, body=self.meeting.body,
            on__lt=self.meeting.on, attendances__isnull=False,
        )  # fmt: skip
        return list(rows.order_by("-on", "-pk")[:1])

    def _row(self, partner: Partner) -> forms.ChoiceField:
        noted = self.noted.get(partner.pk)
        return forms.ChoiceField(
            label=partner.name, show_hidden_initial=True,
            initial=noted.presence if noted else NOT_ASKED,
            choices=[(NOT_ASKED, _("Niet gevraagd")), *Presence.choices],
        )  # fmt: skip

    @property
    def said(self) -> dict[int, str]:
        """What this person changed: the presence of each organisation, nothing for not asked."""
        rows = {name: self.cleaned_data[name] for name in self.changed_data if name != "more"}
        told = {
            int(name.removeprefix("partner-")): "" if value == NOT_ASKED else value
            for name, value in rows.items()
        }
        is_past = self.meeting.on <= timezone.localdate()
        usual = Presence.CAME if is_past else Presence.INVITED
        return told | {partner.pk: usual for partner in self.cleaned_data["more"]}


WHAT = ("text", "number", "owner", "due", "actions", "confidentiality")
HELPS = {
    "text": _lazy("Wat er beslist is, in één of twee zinnen. Zonder namen van burgers."),
    "due": _lazy("Alleen als er een einddatum is."),
}


def _offer(form: Any, places: Iterable[int], by: User) -> None:
    """Whom one may ask to do it, and the actions that it may be about."""
    partners = Partner.objects.current().filter(municipality__in=places).order_by("name")
    form.fields["owner"].queryset = partners
    options = {str(row.pk): row.name for row in partners.only("name")}
    form.fields["owner"].widget = choose_from(options, empty=str(_("Niemand")))
    form.fields["actions"] = ActionCodes(
        Action.objects.visible_to(by).current().filter(plan__municipality__in=places),
        label=_("Acties"), required=False,
        help_text=_("De codes, met een komma ertussen: 1.4.2, 2.1.3."),
    )  # fmt: skip
    for name in ("on", "due"):
        if name in form.fields:
            form.fields[name].validators += SENSIBLE


class ResolutionForm(OfOnePlace, CreateForm[Resolution]):
    """What was decided. At a meeting, that says by whom, where and when."""

    kept = ("body", "on", "status")

    class Meta:
        model = Resolution
        fields = ("municipality", "body", "on", "kind", *WHAT)
        widgets = {"kind": forms.RadioSelect}
        help_texts = HELPS

    def __init__(
        self, *args: Any, by: User, known: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """`known` is what is not asked, such as the body that met: by the name of its field."""
        super().__init__(*args, **kwargs)
        for name, value in (known or {}).items():
            setattr(self.instance, name, value)
            self.fields.pop(name, None)
        if "municipality" in self.fields:
            _offer_places(self, by)
            places = [row.pk for row in places_of(by)]
        else:
            places = [self.instance.municipality_id]
        _offer(self, places, by)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind", self.instance.kind)
        self.instance.status = Followed.OPEN if kind in FOLLOWED_KINDS else ""
        place = cleaned.get("municipality", getattr(self.instance, "municipality", None))
        owner = cleaned.get("owner")
        if place and owner and owner.municipality_id != place.pk:
            self.add_error("owner", _("Deze organisatie werkt in een andere gemeente."))
        return cleaned


class ResolutionEditForm(OfOnePlace, VersionedModelForm[Resolution]):
    """A kind stays what it is: what has to be followed does not quietly become a remark."""

    kept = ("on", "kind", "status")

    class Meta:
        model = Resolution
        fields = WHAT
        help_texts = HELPS

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, [self.instance.municipality_id], by)
        if not self.instance.is_followed:
            del self.fields["owner"], self.fields["due"]


class CloseForm(VersionedModelForm[Resolution]):
    """What came of it."""

    class Meta:
        model = Resolution
        fields = ("status", "closed_on", "outcome")
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status: Any = self.fields["status"]
        status.choices = [(one.value, one.label) for one in (Followed.DONE, Followed.DROPPED)]
        status.required = True
        self.initial["status"] = ""
        day = self.fields["closed_on"]
        day.validators += [refuse_future, *SENSIBLE]
        day.help_text = _("Leeg: vandaag.")

    def clean_closed_on(self) -> Any:
        return self.cleaned_data.get("closed_on") or timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("status") == Followed.DROPPED and not cleaned.get("outcome"):
            self.add_error("outcome", _("Zeg waarom het niet meer gebeurt."))
        return cleaned
