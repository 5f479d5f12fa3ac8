"""What a person may do with the register of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core import envelope
from core.days import add_months, in_figures
from core.permissions import ALLOWED, Verdict, denied
from core.personal_data import has_national_number, traces
from partners.models import (
    Agreement,
    Commitment,
    ConfidentialNote,
    Renewal,
    own_partner_ids,
    space_partners,
)
from partners.models.referrals import answering_ids
from partners.workflow import (
    AGREEMENT_IN_FORCE,
    AGREEMENT_RENEWABLE,
    AgreementStatus,
    ReferralActor,
    ReferralStatus,
)

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import Municipality, User
    from partners.models import (
        AgreementParty,
        AgreementType,
        Competence,
        GoodPractice,
        KeyFigure,
        Partner,
        Referral,
    )
    from partners.workflow import ReferralStep, Step

IS_MERGED = _("Deze partner is samengevoegd met een andere en komt niet terug.")
NO_CONSENT = _("De toestemming is voorbij en de gegevens zijn gewist.")
NO_LONGER = _("De toestemming is voorbij: vraag ze opnieuw. Naam en contact worden gewist.")
NOT_YOUR_ROLE = _("Je rol laat dit niet toe.")
NO_NOTE_KEY = _("Er is nog geen sleutel voor vertrouwelijke nota's. Vraag het aan de beheerder.")
NOT_NAMED = _("Alleen wie voor deze nota aangewezen is, doet dit.")
AGREEMENT_IS_OVER = _("Deze afspraak is afgelopen. Zet ze eerst weer in werking.")
FEWEST_PARTIES = 2


def may_read_register(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PARTNER_READ) else denied(NOT_YOUR_ROLE)


def may_look_up(user: User) -> Verdict:
    """Look up who is competent for what."""
    return ALLOWED if user.has_right(Right.COMPETENCE_READ) else denied(NOT_YOUR_ROLE)


def may_use_space(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.SPACE_USE) else denied(NOT_YOUR_ROLE)


def may_read_sharing(user: User) -> Verdict:
    """The log of what was shared with whom."""
    return ALLOWED if user.has_right(Right.SHARING_READ) else denied(NOT_YOUR_ROLE)


def may_invite_colleague(user: User, partner: Partner) -> Verdict:
    """Invite somebody of the same partner into its space: the contact officers of that partner."""
    rows = partner.memberships.active(on=timezone.localdate()).filter(user=user, may_invite=True)
    if partner in space_partners(user) and rows.exists():
        return ALLOWED
    return denied(_("Vraag de uitnodiging aan je contactpersoon of aan de gemeente."))


def may_invite_for(user: User, partner: Partner) -> Verdict:
    """Invite somebody for a partner, from the municipality."""
    allowed = user.has_right(Right.SHARE_MAKE, partner.municipality_id)
    return ALLOWED if allowed and not partner.archived_at else denied(NOT_YOUR_ROLE)


def may_read_engagement(user: User, partner: Partner | None = None) -> Verdict:
    """See how partners keep what they promised; never the partners themselves."""
    place = partner.municipality_id if partner else None
    return ALLOWED if user.has_right(Right.ENGAGEMENT_READ, place) else denied(NOT_YOUR_ROLE)


def may_escalate(user: User, partner: Partner) -> Verdict:
    """Record a step on the ladder."""
    allowed = user.has_right(Right.ENGAGEMENT_EDIT, partner.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_make(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PARTNER_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit(user: User, partner: Partner) -> Verdict:
    allowed = user.has_right(Right.PARTNER_EDIT, partner.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_restore(user: User, partner: Partner) -> Verdict:
    return denied(IS_MERGED) if partner.merged_into_id else may_edit(user, partner)


def may_merge(user: User, partner: Partner) -> Verdict:
    """Let a partner go up in another one."""
    return denied(IS_MERGED) if partner.merged_into_id else may_edit(user, partner)


def may_report_about(user: User, partner: Partner) -> Verdict:
    """Begin a progress report about this partner; the form of reports offers it as long as it is
    in the register."""
    allowed = user.has_right(Right.REPORT_MAKE, partner.municipality_id)
    return ALLOWED if allowed and not partner.archived_at else denied(NOT_YOUR_ROLE)


def may_read_history(user: User, partner: Partner) -> Verdict:
    """Who changed what: for who consults the register, not for who only has a place in it."""
    allowed = user.has_right(Right.PARTNER_READ, partner.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_note(user: User, partner: Partner) -> Verdict:
    """Read and make the internal notes on a partner."""
    allowed = user.has_right(Right.PARTNER_NOTE, partner.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_read_catalogue(user: User) -> Verdict:
    return may_look_up(user)


def may_edit_competence(user: User, competence: Competence) -> Verdict:
    allowed = user.has_right(Right.PARTNER_EDIT, competence.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_read_key_figures(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.KEY_FIGURE_READ) else denied(NOT_YOUR_ROLE)


def may_make_key_figures(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.KEY_FIGURE_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit_key_figure(user: User, figure: KeyFigure) -> Verdict:
    if not user.has_right(Right.KEY_FIGURE_EDIT, figure.municipality_id):
        return denied(NOT_YOUR_ROLE)
    return denied(NO_CONSENT) if figure.erased_at else ALLOWED


def may_log_contact(user: User, figure: KeyFigure) -> Verdict:
    """Whoever may speak with a key figure notes that it was done."""
    if not user.has_right(Right.KEY_FIGURE_READ, figure.municipality_id):
        return denied(NOT_YOUR_ROLE)
    return denied(NO_CONSENT) if figure.erased_at else ALLOWED


def may_read_reach(user: User, figure: KeyFigure) -> Verdict:
    """Read the name and how to reach this person: not a day longer than the consent."""
    if figure.consent_until < timezone.localdate():
        return denied(NO_LONGER)
    return may_log_contact(user, figure)


def may_read_practices(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PLAN_READ) else denied(NOT_YOUR_ROLE)


def may_make_practices(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PRACTICE_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit_practice(user: User, practice: GoodPractice) -> Verdict:
    allowed = user.has_right(Right.PRACTICE_EDIT, practice.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_place_people(user: User, partner: Partner) -> Verdict:
    """Say who works for a partner: it decides what those people see and may update."""
    place = partner.municipality_id
    managed = user.municipality_ids_with(Right.PEOPLE_MANAGE)
    if place in managed or user.has_right(Right.PARTNER_EDIT, place):
        return ALLOWED
    return denied(NOT_YOUR_ROLE)


def may_place(user: User, partner: Partner, person: User) -> Verdict:
    if user == person:
        return denied(
            _(
                "Je kunt jezelf niet aan een organisatie toevoegen of eruit halen. Vraag een collega."
            )
        )
    return may_place_people(user, partner)


def may_write_note(user: User, municipality_id: int | None = None) -> Verdict:
    """Write a confidential note, in a given municipality or in any."""
    if not user.has_right(Right.NOTE_WRITE, municipality_id):
        return denied(NOT_YOUR_ROLE)
    return ALLOWED if envelope.is_ready() else denied(NO_NOTE_KEY)


def may_read_note(user: User, note: ConfidentialNote) -> Verdict:
    """Being named, and nothing else: asked anew of the database, whatever was loaded before."""
    named = ConfidentialNote.objects.visible_to(user).filter(pk=note.pk).exists()
    return ALLOWED if named else denied(NOT_NAMED)


def may_keep_note(user: User, note: ConfidentialNote) -> Verdict:
    """Change a note, name its readers, destroy it: a named person who writes notes himself."""
    return may_read_note(user, note) and may_write_note(user, note.municipality_id)


def may_rescue_note(user: User, note: ConfidentialNote, person: User) -> Verdict:
    """Name a reader of a note that nobody can read any more; never oneself, unless one read it."""
    found = ConfidentialNote.objects.to_rescue(user, on=timezone.localdate()).filter(pk=note.pk)
    if not found.exists():
        return denied(_("Iemand kan deze nota nog lezen en wijst zelf lezers aan."))
    if person == user and not note.readers.filter(person=user).exists():
        return denied(_("Wijs jezelf niet aan voor een nota die je nooit las. Kies een collega."))
    return ALLOWED


def may_refer(user: User, municipality_id: int | None = None) -> Verdict:
    """Send somebody or something on to a partner, in a given municipality or in any."""
    allowed = user.has_right(Right.REFERRAL_MAKE, municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_receive_personal_data(partner: Partner, *, on: dt.date) -> Verdict:
    """Whether personal data may go to a partner: the one place that answers this."""
    if Agreement.objects.allowing_personal_data(partner, on=on).exists():
        return ALLOWED
    return denied(_("Er is geen gegevensprotocol met deze partner."))


def may_send_text(partner: Partner, text: str, *, on: dt.date, owned_up: bool) -> Verdict:
    """Whether a text may go to a partner. What looks like personal data needs a protocol, or
    somebody who says, knowingly, that it is none; a national register number never goes."""
    if has_national_number(text):
        return denied(_("Hier staat een rijksregisternummer. Dat delen we nooit: haal het weg."))
    if owned_up or not traces(text):
        return ALLOWED
    return may_receive_personal_data(partner, on=on)


def may_edit_referral(user: User, referral: Referral) -> Verdict:
    """Who sent it, until the partner answers."""
    if referral.made_by_id != user.pk:
        return denied(_("Alleen wie doorverwees, wijzigt de tekst."))
    if referral.status != ReferralStatus.SENT:
        return denied(_("De partner heeft al geantwoord."))
    return may_refer(user, referral.municipality_id)


def may_answer_referral(user: User, referral: Referral) -> Verdict:
    """The partner's own people, or whoever heard the answer and notes it."""
    place = referral.municipality_id
    own = referral.partner_id in own_partner_ids(user)
    if own and place in answering_ids(user):
        return ALLOWED
    return may_withdraw_referral(user, referral)


def may_withdraw_referral(user: User, referral: Referral) -> Verdict:
    """Who made it, or who follows all of them."""
    place = referral.municipality_id
    made = referral.made_by_id == user.pk or user.has_right(Right.REFERRAL_READ, place)
    return may_refer(user, place) if made else denied(NOT_YOUR_ROLE)


def may_take_referral_step(user: User, referral: Referral, step: ReferralStep) -> Verdict:
    if step.who == ReferralActor.ANSWERER:
        return may_answer_referral(user, referral)
    return may_withdraw_referral(user, referral)


def may_read_reason(user: User, referral: Referral) -> Verdict:
    """Why we refer is ours: the partner reads the text that was written for sharing."""
    return may_withdraw_referral(user, referral)


# --- Agreements ---


def may_read_agreements(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.AGREEMENT_READ) else denied(NOT_YOUR_ROLE)


def may_make_agreement(user: User) -> Verdict:
    """Make agreements, and keep the list of their kinds."""
    return ALLOWED if user.has_right(Right.AGREEMENT_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit_type(user: User, kind: AgreementType) -> Verdict:
    allowed = user.has_right(Right.AGREEMENT_EDIT, kind.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_take_types(user: User, place: Municipality) -> Verdict:
    """Take over the usual kinds of agreement, in a municipality that has none."""
    return ALLOWED if user.has_right(Right.AGREEMENT_EDIT, place.pk) else denied(NOT_YOUR_ROLE)


def may_take_competences(user: User, place: Municipality) -> Verdict:
    """Take over the usual questions of the street, in a municipality that has none."""
    return ALLOWED if user.has_right(Right.PARTNER_EDIT, place.pk) else denied(NOT_YOUR_ROLE)


def may_follow_agreement(user: User, agreement: Agreement) -> Verdict:
    """Take steps and renew, also when it is over."""
    allowed = user.has_right(Right.AGREEMENT_EDIT, agreement.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_edit_agreement(user: User, agreement: Agreement) -> Verdict:
    """Change the agreement and all that belongs to it."""
    may = may_follow_agreement(user, agreement)
    if may and agreement.is_over(on=timezone.localdate()):
        return denied(AGREEMENT_IS_OVER)
    return may


def may_take_agreement_step(
    user: User, agreement: Agreement, step: Step, parties: list[AgreementParty], *, on: dt.date
) -> Verdict:
    if not (may := may_follow_agreement(user, agreement)):
        return may
    if step.needs_parties and len(parties) < FEWEST_PARTIES:
        return denied(_("Voeg eerst minstens twee partijen toe."))
    if step.needs_signatures and any(party.signed_on is None for party in parties):
        return denied(_("Nog niet alle partijen hebben ondertekend."))
    if step.needs_end_passed and (agreement.ends is None or agreement.ends >= on):
        return denied(_("De afspraak loopt nog. Zeg ze op om ze eerder te beëindigen."))
    return ALLOWED


def first_last_day(agreement: Agreement, *, on: dt.date) -> dt.date:
    """The soonest last day of who gives notice today, with the notice that was agreed."""
    return max(add_months(on, agreement.notice_months), agreement.starts)


def may_end_on(
    agreement: Agreement, last_day: dt.date, *, on: dt.date, agreed: bool = False
) -> Verdict:
    """Whether notice given today may end it on that day; sooner than agreed only if all agree."""
    if last_day < agreement.starts:
        return denied(_("De laatste dag ligt voor de begindatum."))
    if last_day < on:
        return denied(_("Een opzegging werkt niet terug: kies vandaag of een dag die nog komt."))
    if agreement.ends and last_day > agreement.ends and agreement.renewal != Renewal.TACIT:
        return denied(_("De afspraak eindigt al op %s.") % in_figures(agreement.ends))
    soonest = first_last_day(agreement, on=on)
    if last_day < soonest and not agreed:
        said = _(
            "De opzegtermijn loopt tot en met %s. Vroeger kan alleen als alle partijen het eens "
            "zijn: vink dat aan en zeg in de reden waarom."
        )
        return denied(said % in_figures(soonest))
    return ALLOWED


def may_prolong(user: User, agreement: Agreement, successor: Agreement | None) -> Verdict:
    """Give the same agreement a later end, where it does not go on by itself."""
    if agreement.status not in AGREEMENT_IN_FORCE or agreement.ends is None:
        return denied(_("Alleen een afspraak die loopt en een einde heeft, wordt verlengd."))
    if agreement.renewal == Renewal.TACIT:
        return denied(_("Deze afspraak verlengt stilzwijgend, tot iemand ze opzegt."))
    if successor is not None:
        return denied(_("Deze afspraak heeft al een opvolger."))
    return may_follow_agreement(user, agreement)


def may_evaluate(user: User, agreement: Agreement) -> Verdict:
    if not agreement.is_alive(on=timezone.localdate()):
        return denied(_("Alleen een afspraak die loopt, wordt geëvalueerd."))
    return may_follow_agreement(user, agreement)


def may_renew(user: User, agreement: Agreement, successor: Agreement | None) -> Verdict:
    if successor is not None:
        return denied(_("Deze afspraak heeft al een opvolger."))
    if agreement.status not in AGREEMENT_RENEWABLE:
        return denied(_("Alleen een afspraak die in werking was, wordt hernieuwd."))
    return may_follow_agreement(user, agreement)


def may_drop_party(user: User, party: AgreementParty, promises: int) -> Verdict:
    """A party with promises stays: what it promised would hang in the air."""
    if promises:
        return denied(_("Haal eerst de engagementen van deze partij weg."))
    return may_edit_agreement(user, party.agreement)


def may_judge(user: User, commitment: Commitment) -> Verdict:
    return may_follow_agreement(user, commitment.agreement)


def may_report_on_promise(user: User, commitment: Commitment) -> Verdict:
    """Say how it goes with a promise of one's own organisation, in its space: a statement that
    changes nothing. Also after the end, but not before all signed."""
    shown = Commitment.objects.in_space_of(user).filter(pk=commitment.pk)
    if not may_use_space(user) or not shown.exists():
        return denied(NOT_YOUR_ROLE)
    return may_be_reported_on(commitment.agreement)


def may_be_reported_on(agreement: Agreement) -> Verdict:
    """Whether there is something to tell of the promises in it."""
    if agreement.status == AgreementStatus.TO_SIGN:
        return denied(_("Deze afspraak is nog niet in werking."))
    return ALLOWED
