"""Taking in a melding at the desk: what, where, and who told it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Neighbourhood
from accounts.roles import Right
from core.forms import CreateForm
from meldingen.models import Category, Channel, Melding, Reporter, Source

if TYPE_CHECKING:
    from accounts.models import User

READING = (Right.MELDING_READ, Right.MELDING_READ_OWN)


class IntakeForm(CreateForm[Melding]):
    """A new melding; the fields about the reporter are kept in a table of their own."""

    reporter_name = forms.CharField(label=_("Naam"), max_length=150, required=False)
    reporter_email = forms.EmailField(label=_("E-mailadres"), required=False)
    reporter_phone = forms.CharField(label=_("Telefoon"), max_length=40, required=False)
    channel = forms.ChoiceField(
        label=_("Antwoord via"), choices=Channel.choices, initial=Channel.NONE, required=False
    )

    class Meta:
        model = Melding
        fields = ("source", "kind", "category", "text", "place", "neighbourhood", "urgency")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = frozenset().union(*(by.municipality_ids_with(right) for right in READING))
        self.place_of = Municipality.objects.filter(pk__in=places)
        fields: Any = self.fields
        here = {"municipality__in": places, "archived_at": None}
        fields["source"].queryset = Source.objects.filter(**here, is_public=False)
        fields["category"].queryset = Category.objects.filter(**here).select_related("group")
        fields["neighbourhood"].queryset = Neighbourhood.objects.filter(municipality__in=places)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        category, source, hood = (data.get(n) for n in ("category", "source", "neighbourhood"))
        if category and source and source.municipality_id != category.municipality_id:
            self.add_error("source", _("Deze bron is van een andere gemeente."))
        if category and hood and hood.municipality_id != category.municipality_id:
            self.add_error("neighbourhood", _("Deze wijk ligt in een andere gemeente."))
        needed = {Channel.MAIL: "reporter_email", Channel.PHONE: "reporter_phone"}
        field = needed.get(data.get("channel"))  # type: ignore[arg-type]
        if field and not data.get(field):
            self.add_error(field, _("Nodig om zo te antwoorden."))
        if category:
            self.instance.municipality = category.municipality
        return data

    def reporter(self) -> Reporter | None:
        """Whoever told it, when anything is known; anonymous leaves no row."""
        data = self.cleaned_data
        reporter = Reporter(
            name=data["reporter_name"],
            email=data["reporter_email"],
            phone=data["reporter_phone"],
            channel=data["channel"] or Channel.NONE,
        )
        known = reporter.name or reporter.email or reporter.phone
        return reporter if known or reporter.wants_answer else None
