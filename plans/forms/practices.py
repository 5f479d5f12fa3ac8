"""On which good practices an action is based; which partners count in a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from partners.models import GoodPractice, Partner
from plans.forms.actions import partners_for

if TYPE_CHECKING:
    from accounts.models import User
    from plans.models import Action, Domain

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
