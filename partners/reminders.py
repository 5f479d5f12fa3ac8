"""What agreements and contact officers ask, and when; and who works where, for every rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import DateField, F, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Right
from partners.models import (
    Agreement,
    Commitment,
    ContactOfficer,
    KeyFigure,
    Partner,
    PartnerMember,
)
from reminders.people import Workforce, grouped
from reminders.rules import Moments, Rule, Rung, in_space

if TYPE_CHECKING:
    from accounts.models import Municipality


def working_at(place: Municipality, *, on: dt.date) -> Workforce:
    """Who works for each organisation of a municipality, and which accounts are whom to turn to.

    A contact officer is known by the address at work; who has no account cannot be reminded.
    """
    members = PartnerMember.objects.active(on=on).filter(partner__municipality=place)
    officers = ContactOfficer.objects.active(on=on).filter(partner__municipality=place)
    account = User.objects.filter(email__iexact=OuterRef("email")).values("pk")[:1]
    known = officers.exclude(email="").annotate(account=Subquery(account)).exclude(account=None)
    return Workforce(
        grouped(members.order_by("pk").values_list("partner", "user")),
        grouped(known.order_by("is_deputy", "pk").values_list("partner", "account")),
    )


def _agreements(rows: QuerySet[Agreement], day: str) -> QuerySet[Agreement]:
    """Without an own day it is the first: something always presses."""
    return rows.annotate(due_on=Coalesce(F(day), F("starts"), output_field=DateField()))


def _ending_contacts(on: dt.date, ahead: int) -> QuerySet[Partner]:
    alarming = ContactOfficer.objects.of_register().needing_attention(on=on, days=ahead)
    first = alarming.filter(partner=OuterRef("pk")).order_by().values("partner")
    return Partner.objects.annotate(
        due_on=Subquery(first.annotate(first=Min("ends")).values("first"))
    ).exclude(due_on=None)


def _unreported(on: dt.date) -> QuerySet[Commitment]:
    """Late, and the partner said nothing of it yet that waits for the municipality."""
    return Commitment.objects.late(on=on).unreported().annotate(due_on=F("due"))


def _agreement_rule(code: str, name: object, coming: object, late: object, **more: object) -> Rule:
    words = {
        "place": "municipality", "ref": "code", "title": "title", "level": "confidentiality",
        "url_name": "agreements:detail", "right": Right.AGREEMENT_EDIT,
    }  # fmt: skip
    return Rule(code=code, name=name, coming=coming, late=late, **words, **more)  # type: ignore[arg-type]


RULES = (
    _agreement_rule(
        "afspraak-ondertekenen",
        _("Afspraken om te ondertekenen"),
        _("Laat ondertekenen voor het begin."),
        _("De afspraak is begonnen en nog niet door iedereen ondertekend."),
        rows=lambda on, _ahead: _agreements(Agreement.objects.to_sign(on=on), "starts"),
        moments=Moments(before=(14, 3), after=(1, 7, 14), every=30,
                        escalation=((Rung.CORE_GROUP, 60),)),
    ),
    _agreement_rule(
        "afspraak-hernieuwen",
        _("Afspraken om te hernieuwen"),
        _("Beslis over een vervolg voor de afspraak eindigt."),
        _("De afspraak is voorbij haar einddatum."),
        rows=lambda on, ahead: _agreements(Agreement.objects.to_renew(on=on, days=ahead), "ends"),
        moments=Moments(before=(180, 90, 30), after=(1, 14), every=30),
    ),
    _agreement_rule(
        "afspraak-opzeggen",
        _("Laatste dag om op te zeggen"),
        _("Zeg op voor deze dag, of laat de afspraak doorlopen."),
        _("Vandaag is de laatste dag om op te zeggen."),
        rows=lambda on, ahead: _agreements(
            Agreement.objects.notice_due(on=on, days=ahead), "notice_on"
        ),
        moments=Moments(before=(60, 30, 7), after=(0,)),
    ),
    Rule(
        code="engagement-te-laat",
        name=_("Engagementen die te laat zijn"),
        coming=_("Kom na wat in de afspraak staat."),
        late=_("Wat in de afspraak staat, is nog niet nagekomen. Lukt het niet, zeg dan waarom."),
        rows=lambda on, _ahead: Commitment.objects.late(on=on).annotate(due_on=F("due")),
        place="party__agreement__municipality",
        ref="party__agreement__code",
        title="party__agreement__title",
        level="party__agreement__confidentiality",
        url_name="agreements:detail",
        target="party__agreement",
        partner="party__partner",
        right=Right.AGREEMENT_READ,
        moments=Moments(
            after=(1, 14), every=30,
            escalation=((Rung.COORDINATOR, 14), (Rung.CONTACT, 30), (Rung.CORE_GROUP, 60)),
        ),
    ),
    Rule(
        code="engagement-partner",
        name=_("Jullie beloften in afspraken"),
        coming=_("Kom na wat in de afspraak staat."),
        late=_("Dit is nog niet nagekomen. Laat weten hoe het staat, ook als het niet lukt."),
        rows=lambda on, _ahead: _unreported(on),
        place="party__agreement__municipality",
        ref=Value(""),
        title="party__agreement__title",
        url_name="space:commitment",
        partner="party__partner",
        door=in_space,
        right=Right.SPACE_USE,
        moments=Moments(after=(1, 14), every=30),
    ),
    Rule(
        code="aanspreekpunt",
        name=_("Partners zonder aanspreekpunt"),
        when=_("aanspreekpunt tot en met %(day)s"),
        coming=_("Het aanspreekpunt stopt op deze dag. Vraag de partner wie het overneemt."),
        late=_("Het aanspreekpunt is weg en niemand nam het over."),
        rows=_ending_contacts,
        place="municipality",
        ref="name",
        title=Value(""),
        url_name="partners:detail",
        right=Right.PARTNER_EDIT,
        moments=Moments(before=(30, 7), after=(1, 14), every=30),
    ),
    Rule(
        code="sleutelfiguur-toestemming",
        name=_("Toestemmingen van sleutelfiguren"),
        when=_("toestemming tot en met %(day)s"),
        coming=_("Vraag of deze persoon nog ja zegt. Na die dag worden naam en contact gewist."),
        late=_("De toestemming eindigt. Vernieuw ze vandaag, of naam en contact worden gewist."),
        rows=lambda on, ahead: KeyFigure.objects.to_renew(on=on, days=ahead).annotate(
            due_on=F("consent_until")
        ),
        place="municipality",
        ref="neighbourhood__code",
        title="function",
        url_name="partners:key-figure",
        right=Right.KEY_FIGURE_EDIT,
        moments=Moments(before=(30, 7), after=(0,)),
    ),
)  # fmt: skip
