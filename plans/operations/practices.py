"""An action is based on good practices; a domain names its partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import history
from plans import permissions
from plans.models import Action, Domain, DomainPartner

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from partners.models import ContactOfficer, GoodPractice, Partner


@transaction.atomic
def base_on(action: Action, practices: Iterable[GoodPractice], *, by: User) -> None:
    permissions.may_base(by, action).or_403()
    Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    before, after = set(action.practices.all()), set(practices)
    if before != after:
        action.practices.set(after)
        told = history.change(action, "practices", list(before), list(after))
        history.record("action.edited", action, by=by, context=action.plan, changes=[told])


@transaction.atomic
def name_partners(domain: Domain, partners: Iterable[Partner], *, by: User) -> None:
    permissions.may_name_partners(by, domain.plan).or_403()
    Domain.objects.select_for_update().get(pk=domain.pk)
    before = {row.partner: row for row in domain.named_partners.select_related("partner")}
    after = set(partners)
    if set(before) == after:
        return
    DomainPartner.objects.filter(domain=domain).exclude(partner__in=after).delete()
    new = sorted(after - set(before), key=lambda partner: partner.pk)
    DomainPartner.objects.bulk_create(
        DomainPartner(domain=domain, partner=partner) for partner in new
    )
    told = history.change(domain, "named_partners", list(before), list(after))
    label = str(DomainPartner._meta.get_field("partner").related_model._meta.verbose_name_plural)
    history.record(
        "domain.edited", domain, by=by, context=domain.plan, changes=[{**told, "label": label}]
    )


@transaction.atomic
def name_contacts(
    domain: Domain, chosen: Mapping[DomainPartner, ContactOfficer | None], *, by: User
) -> Domain:
    """Say whom to turn to for this domain; without one it is whom one turns to for everything."""
    permissions.may_name_partners(by, domain.plan).or_403()
    Domain.objects.select_for_update().get(pk=domain.pk)
    changes = [change for row, officer in chosen.items() if (change := _contact(row, officer))]
    if changes:
        history.record("domain.edited", domain, by=by, context=domain.plan, changes=changes)
    return domain


def _contact(row: DomainPartner, officer: ContactOfficer | None) -> history.Change | None:
    if officer and officer.partner_id != row.partner_id:
        raise ValidationError(_("Dit aanspreekpunt werkt bij een andere partner."))
    rows = DomainPartner.objects.filter(pk=row.pk).exclude(contact=officer)
    if not rows.update(contact=officer):
        return None  # it stood so already, or the partner was taken off meanwhile
    told = history.change(row, "contact", row.contact, officer)
    return {**told, "label": f"{told['label']} {row.partner}"}
