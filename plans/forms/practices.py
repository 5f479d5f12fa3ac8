"""On which good practices an action is based; which partners count in a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from partners.models import ContactOfficer, GoodPractice, Partner
from plans.forms.actions import partners_for

if TYPE_CHECKING:
    from accounts.models import User
    from plans.models import Action, Domain, DomainPartner

NOT_THERE = _("Dit aanspreekpunt hoort niet of niet meer bij deze partner. Kies opnieuw.")
MANY = forms.CheckboxSelectMultiple(attrs={"class": "choices"})


class BasedOnForm(HouseForm):
    practices = forms.ModelMultipleChoiceField(
        GoodPractice.objects.none(), label=_("Goede praktijken"), required=False, widget=MANY
    )

    def __init__(self, *args: Any, action: Action, by: User, **kwargs: Any) -> None:
        chosen = action.practices.all()
        super().__init__(*args, initial={"practices": chosen}, **kwargs)
        seen = GoodPractice.objects.visible_to(by)
        field: Any = self.fields["practices"]
        field.queryset = seen.filter(Q(archived_at=None) | Q(pk__in=chosen.values("pk")))
        if not field.queryset.exists():
            field.help_text = _("Er zijn nog geen goede praktijken. Voeg er eerst een toe.")

    def chosen(self) -> list[GoodPractice]:
        return list(self.cleaned_data["practices"])


class DomainPartnersForm(HouseForm):
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.none(), label=_("Partners"), required=False, widget=MANY
    )

    def __init__(self, *args: Any, domain: Domain, **kwargs: Any) -> None:
        named = domain.named_partners.values("partner")
        before = Partner.objects.filter(pk__in=named)
        super().__init__(*args, initial={"partners": before}, **kwargs)
        field: Any = self.fields["partners"]
        field.queryset = (partners_for(domain.plan) | before).order_by("name")

    def chosen(self) -> list[Partner]:
        return list(self.cleaned_data["partners"])


class DomainContactsForm(HouseForm):
    """Whom to turn to for this domain, at each partner that counts in it."""

    def __init__(self, *args: Any, domain: Domain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = domain.named_partners.filter(partner__archived_at=None)
        rows = named.select_related("partner", "contact").order_by("partner__name")
        self.rows = {f"partner_{row.partner_id}": row for row in rows}
        self.officers = {str(officer.pk): officer for officer in self._known()}
        for name, row in self.rows.items():
            self.fields[name] = forms.ChoiceField(
                label=row.partner.name,
                choices=[("", _("Het algemene aanspreekpunt")), *self._choices(row)],
                required=False,
                initial=row.contact_id or "",
                error_messages={"invalid_choice": NOT_THERE},
            )

    def _known(self) -> list[ContactOfficer]:
        """Those of today and to come, and who stands there now."""
        partners = [row.partner_id for row in self.rows.values()]
        officers = ContactOfficer.objects.filter(partner__in=partners)
        chosen = [row.contact_id for row in self.rows.values() if row.contact_id]
        return list(officers.unfinished(on=timezone.localdate()) | officers.filter(pk__in=chosen))

    def _choices(self, row: DomainPartner) -> list[tuple[str, str]]:
        own = [one for one in self.officers.values() if one.partner_id == row.partner_id]
        return [(str(one.pk), _("%s (gestopt)") % one if one.is_over else str(one)) for one in own]

    def chosen(self) -> dict[DomainPartner, ContactOfficer | None]:
        """Only what this person changed: what another changed meanwhile stays."""
        return {
            self.rows[name]: self.officers.get(self.cleaned_data[name])
            for name in self.changed_data
        }
