"""A partner and its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Municipality, User
from accounts.roles import Right
from core.forms import CreateForm, HouseForm, VersionedModelForm
from core.widgets import choose_from
from partners.models import Partner

FIELDS = (
    "name", "kind", "contact_name", "contact_email", "contact_phone",
    "description", "will_not", "secrecy",
)  # fmt: skip
HELPS = {
    "contact_name": _("Een functie, geen naam: dan klopt het ook na een wissel."),
    "contact_email": _("Liefst een algemeen adres van de dienst."),
}


class PartnerForm(CreateForm[Partner]):
    class Meta:
        model = Partner
        fields = ("municipality", "code", *FIELDS)
        help_texts = {**HELPS, "code": _("Kort, in kleine letters, zoals jeugd of politie_wijk.")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.PARTNER_EDIT)
        field: Any = self.fields["municipality"]
        field.queryset = Municipality.objects.filter(pk__in=places)
        if len(places) == 1:
            field.initial = next(iter(places))


class PartnerEditForm(VersionedModelForm[Partner]):
    class Meta:
        model = Partner
        fields = FIELDS
        help_texts = HELPS


class MemberForm(HouseForm):
    """A person of the municipality who works for this partner from today."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Persoon"))

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        here = Membership.objects.active(on=today).filter(municipality=partner.municipality_id)
        gone = Q(partner_memberships__ends=None) | Q(partner_memberships__ends__gte=today)
        inside = User.objects.filter(gone, partner_memberships__partner=partner)
        found = User.objects.active().filter(pk__in=here.values("user"))
        field: Any = self.fields["user"]
        field.queryset = found.exclude(pk__in=inside.values("pk"))
        # A large municipality has hundreds of people: then this is a box that suggests.
        names = {str(user.pk): f"{user.name} ({user.email})" for user in field.queryset}
        field.widget = choose_from(names, empty=str(_("Kies een persoon")))
