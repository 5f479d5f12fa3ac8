"""Agreements as words ready to draw or export: no query and no rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.days import in_figures
from core.templatetags.house import badge
from partners.models.attention import Need, Reason
from partners.workflow import (
    AgreementStatus,
    CommitmentStatus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from core.spreadsheet import Cell
    from partners.models import Agreement, Commitment

STATUS_TONES = {
    AgreementStatus.DRAFT: "mute",
    AgreementStatus.TO_SIGN: "plum",
    AgreementStatus.ACTIVE: "ok",
    AgreementStatus.TO_EVALUATE: "warn",
    AgreementStatus.TO_RENEW: "warn",
    AgreementStatus.ENDED: "mute",
    AgreementStatus.EXPIRED: "mute",
}
COMMITMENT_TONES = {
    CommitmentStatus.RUNNING: "info",
    CommitmentStatus.KEPT: "ok",
    CommitmentStatus.PARTLY: "warn",
    CommitmentStatus.NOT_KEPT: "danger",
}


@dataclass(frozen=True, slots=True)
class Words:
    """How a reason for attention reads: beside an agreement, and as the button that solves it."""

    label: str | _StrPromise
    action: str | _StrPromise
    icon: str
    url_name: str
    anchor: str = ""


WORDS: dict[Reason, Words] = {
    Reason.SIGN: Words(gettext_lazy("Te ondertekenen"), gettext_lazy("Noteer de handtekeningen"),
                       "signature", "agreements:detail", "#partijen"),
    Reason.EVALUATE: Words(gettext_lazy("Te evalueren"), gettext_lazy("Leg de evaluatie vast"),
                           "calendar-repeat", "agreements:evaluate"),
    Reason.RENEW: Words(gettext_lazy("Te hernieuwen"), gettext_lazy("Hernieuw of beëindig"),
                        "refresh", "agreements:detail", "#stappen"),
    Reason.NOTICE: Words(gettext_lazy("Opzegtermijn"), gettext_lazy("Beslis of je opzegt"),
                         "calendar-due", "agreements:detail", "#stappen"),
    Reason.FAREWELL: Words(gettext_lazy("Loopt af na opzegging"), gettext_lazy("Rond ze af"),
                           "clock", "agreements:detail", "#stappen"),
    Reason.COMMITMENT: Words(gettext_lazy("Engagement te laat"), gettext_lazy("Beoordeel het"),
                             "clock", "agreements:commitment-judge"),
    Reason.REPORTED: Words(gettext_lazy("Gemeld door de partner"), gettext_lazy("Beoordeel het"),
                           "message", "agreements:commitment-judge"),
    Reason.CONTACT: Words(gettext_lazy("Geen aanspreekpunt"), gettext_lazy("Vul het contact aan"),
                          "user-question", "partners:detail"),
}  # fmt: skip


def status_words(agreement: Agreement) -> str:
    """Such as "Actief"; what was given notice of says from when it is over."""
    if agreement.ended_on and agreement.status == AgreementStatus.ENDED:
        return _("Opgezegd per %s") % in_figures(agreement.ended_on)
    return str(agreement.get_status_display())


def status_badge(agreement: Agreement, *, on: dt.date) -> SafeString:
    tone = STATUS_TONES[AgreementStatus(agreement.status)]
    return badge(status_words(agreement), "warn" if agreement.has_notice(on=on) else tone)


def commitment_badge(row: Commitment) -> SafeString:
    found = CommitmentStatus(row.status)
    return badge(str(found.label), COMMITMENT_TONES[found])


def term(agreement: Agreement) -> str:
    """From when until when, in words."""
    if agreement.ended_on:
        return f"{in_figures(agreement.starts)} – {in_figures(agreement.ended_on)}"
    if agreement.ends:
        return f"{in_figures(agreement.starts)} – {in_figures(agreement.ends)}"
    return _("%s, voor onbepaalde duur") % in_figures(agreement.starts)


# A status that says the same as a reason: it is not said twice.
SAID_BY_STATUS = {
    AgreementStatus.TO_SIGN: Reason.SIGN,
    AgreementStatus.TO_EVALUATE: Reason.EVALUATE,
    AgreementStatus.TO_RENEW: Reason.RENEW,
}


def reason_badges(status: str, reasons: Iterable[Reason]) -> list[SafeString]:
    """Each reason once, without what the status says already."""
    said = SAID_BY_STATUS.get(AgreementStatus(status))
    return [
        badge(str(WORDS[reason].label), "warn", WORDS[reason].icon)
        for reason in dict.fromkeys(reasons)
        if reason != said
    ]


def agreement_row(
    agreement: Any, reasons: Mapping[int, list[Reason]], *, on: dt.date
) -> dict[str, Any]:
    """A row of the list; `agreement` comes from for_list()."""
    return {
        "code": agreement.code,
        "title": agreement.title,
        "url": agreement.get_absolute_url(),
        "type": agreement.type.name,
        "parties": ", ".join(agreement.party_names),
        "status": status_badge(agreement, on=on),
        "term": term(agreement),
        "evaluation": in_figures(agreement.next_evaluation),
        "reasons": reason_badges(agreement.status, reasons.get(agreement.pk, [])),
    }


def need_row(need: Need, *, on: dt.date) -> dict[str, Any]:
    """A line of the list of attention: what, by when, and the one screen where it is done."""
    words = WORDS[need.reason]
    late = need.due is not None and need.due < on
    return {
        "code": need.code,
        "title": need.title,
        "agreement_url": reverse("agreements:detail", args=[need.agreement_id]),
        "badge": badge(str(words.label), "danger" if late else "warn", words.icon),
        "detail": need.detail,
        "due": need.due,
        "late": late,
        "url": reverse(words.url_name, args=[need.target_id]) + words.anchor,
        "action": words.action,
    }


EXPORT_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Titel"),
    gettext_lazy("Soort"),
    gettext_lazy("Partijen"),
    gettext_lazy("Voorwerp"),
    gettext_lazy("Status"),
    gettext_lazy("Begint"),
    gettext_lazy("Eindigt"),
    gettext_lazy("Laatste dag na opzegging"),
    gettext_lazy("Verlenging"),
    gettext_lazy("Opzegtermijn in maanden"),
    gettext_lazy("Opzeggen tegen"),
    gettext_lazy("Volgende evaluatie"),
    gettext_lazy("Alle partijen ondertekenden"),
    gettext_lazy("Rechtsgrond"),
    gettext_lazy("Vertrouwelijkheid"),
)


def export_row(agreement: Any) -> list[Cell]:
    return [
        agreement.code,
        agreement.title,
        agreement.type.name,
        ", ".join(agreement.party_names),
        agreement.object,
        status_words(agreement),
        agreement.starts,
        agreement.ends,
        agreement.ended_on,
        str(agreement.get_renewal_display()),
        agreement.notice_months,
        agreement.notice_on if agreement.notice_months else None,
        agreement.next_evaluation,
        _("nee") if agreement.lacks_signature or not agreement.party_names else _("ja"),
        agreement.legal_basis,
        str(agreement.get_confidentiality_display()),
    ]
