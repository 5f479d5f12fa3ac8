"""What a person may do with a plan and its actions. Which rows they see stands in the QuerySets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.confidentiality import Level
from core.permissions import ALLOWED, Verdict, denied
from partners import permissions as of_partners
from partners.models import own_partner_ids, space_partners
from plans.models import ShareAnswer
from plans.models.plan import helped_plan_ids
from plans.workflow import ACTION_NEEDS_LEAD, PLAN_OVER, LeadAnswer, Who

if TYPE_CHECKING:
    from accounts.models import User
    from plans.models import Action, Attachment, Indicator, Plan, Share
    from plans.workflow import Step

NOT_YOUR_ROLE = _("Je rol laat dit niet toe in deze gemeente.")
PLAN_IS_OVER = _("Dit plan is afgesloten. Heropen het eerst.")
ACTION_IS_ARCHIVED = _("Deze actie is gearchiveerd. Zet ze eerst terug.")
NOT_THE_LEAD = _("Alleen de trekker of de coördinator doet dit.")


def _holds(user: User, plan: Plan, right: Right) -> bool:
    """The right in the plan's municipality, or in its zone for a plan of the zone."""
    if plan.municipality_id is None:
        return plan.zone_id in user.zone_ids_with(right)
    return user.has_right(right, plan.municipality_id)


def _answer(allowed: bool, reason: object = NOT_YOUR_ROLE) -> Verdict:  # noqa: FBT001
    return ALLOWED if allowed else denied(reason)  # type: ignore[arg-type]


def may_make_plan(user: User) -> Verdict:
    return _answer(bool(user.municipality_ids_with(Right.PLAN_EDIT)))


def may_make_edition(user: User, plan: Plan) -> Verdict:
    """Make a plan for the owner of this one, such as its next edition."""
    return _answer(_holds(user, plan, Right.PLAN_EDIT))


def may_edit(user: User, plan: Plan) -> Verdict:
    """Change the plan and everything in it: coordinators, and whoever was asked to help."""
    if plan.status in PLAN_OVER:
        return denied(PLAN_IS_OVER)
    return _answer(_holds(user, plan, Right.PLAN_EDIT) or plan.pk in helped_plan_ids(user))


def may_read_partners(user: User, plan: Plan) -> Verdict:
    """Who counts in which domain: for who consults the register of partners here."""
    return _answer(_holds(user, plan, Right.PARTNER_READ))


def may_name_partners(user: User, plan: Plan) -> Verdict:
    """Say which partners count in a domain: no text of the plan, so no bijsturing either."""
    return may_edit(user, plan)


def may_base(user: User, action: Action) -> Verdict:
    """Say on which good practices an action is based."""
    if action.archived_at:
        return denied(ACTION_IS_ARCHIVED)
    return may_edit(user, action.plan)


def may_decide(user: User, plan: Plan) -> Verdict:
    """Take the steps of the plan itself and record bijsturingen: the municipality's own task."""
    return _answer(_holds(user, plan, Right.PLAN_DECIDE))


def may_grant_help(user: User, plan: Plan) -> Verdict:
    return may_decide(user, plan)


def may_read_story(user: User, plan: Plan) -> Verdict:
    """The bijsturingen and kept versions of a plan: whoever reads plans here, or helps with it."""
    return _answer(_holds(user, plan, Right.PLAN_READ) or plan.pk in helped_plan_ids(user))


def may_read_drafts(user: User, plan: Plan) -> Verdict:
    """What a plan was before it was adopted, and who changed what."""
    return _answer(_holds(user, plan, Right.PLAN_READ_DRAFT) or plan.pk in helped_plan_ids(user))


def may_revise(user: User, plan: Plan) -> Verdict:
    """Change the text of an adopted plan, which is a decision and not just an edit."""
    return may_edit(user, plan) if not plan.is_adopted else may_decide(user, plan)


def may_rewrite(user: User, action: Action) -> Verdict:
    """Change the text of an action."""
    if action.archived_at:
        return denied(ACTION_IS_ARCHIVED)
    return may_edit(user, action.plan) and may_revise(user, action.plan)


def is_lead(user: User, action: Action) -> bool:
    """The person who leads, or somebody of the lead organisation, with a role there today."""
    if not _holds(user, action.plan, Right.ACTION_UPDATE):
        return False
    return action.lead_person_id == user.pk or action.lead_partner_id in own_partner_ids(user)


def may_answer_lead(user: User, action: Action) -> Verdict:
    """Accept or decline to lead: only who was asked, and only once."""
    if action.lead_answer != LeadAnswer.ASKED:
        return denied(_("Deze vraag is al beantwoord."))
    return _answer(is_lead(user, action), _("Alleen de gevraagde trekker antwoordt hierop."))


def may_update(user: User, action: Action) -> Verdict:
    """Bring an action up to date."""
    if action.plan.status in PLAN_OVER:
        return denied(PLAN_IS_OVER)
    if action.archived_at:
        return denied(ACTION_IS_ARCHIVED)
    own = is_lead(user, action)
    return _answer(own or _holds(user, action.plan, Right.ACTION_UPDATE_ANY), NOT_THE_LEAD)


def measured_in(indicator: Indicator) -> Action | Plan:
    """What an indicator measures: its action, or the plan of its strategic goal."""
    if indicator.action:
        return indicator.action
    assert indicator.goal is not None  # noqa: S101 - the database asks for one of the two
    return indicator.goal.domain.plan


def may_measure(user: User, indicator: Indicator) -> Verdict:
    """Fill in what an indicator reads. A reading is no text of the plan, so no bijsturing."""
    if indicator.action:
        return may_update(user, indicator.action)
    assert indicator.goal is not None  # noqa: S101 - the database asks for one of the two
    return may_edit(user, indicator.goal.domain.plan)


def may_read_inside(user: User, action: Action) -> Verdict:
    """Read what the municipality keeps among its own: reasons, budget, causes and proposals."""
    plan = action.plan
    own = _holds(user, plan, Right.PLAN_READ) or plan.pk in helped_plan_ids(user)
    return _answer(own or is_lead(user, action))


def may_take_action_step(user: User, action: Action, step: Step) -> Verdict:
    if action.archived_at:
        return denied(ACTION_IS_ARCHIVED)
    if step.target in ACTION_NEEDS_LEAD and action.lead_partner_id is None:
        return denied(_("Vraag eerst een trekker voor deze actie."))
    if may_edit(user, action.plan):
        return ALLOWED
    if step.who == Who.LEAD:
        return may_update(user, action)
    return denied(NOT_YOUR_ROLE)


def may_take_plan_step(user: User, plan: Plan, step: Step) -> Verdict:  # noqa: ARG001
    return may_decide(user, plan)


def may_attach(user: User, action: Action) -> Verdict:
    return ALLOWED if may_edit(user, action.plan) else may_update(user, action)


def may_share(user: User, action: Action) -> Verdict:
    """Show an action to a partner, with a text written for it."""
    if action.archived_at:
        return denied(ACTION_IS_ARCHIVED)
    if action.plan.status in PLAN_OVER:
        return denied(PLAN_IS_OVER)
    if action.confidentiality == Level.CONFIDENTIAL:
        return denied(_("Een vertrouwelijke actie deel je niet. Verlaag eerst haar niveau."))
    return _answer(_holds(user, action.plan, Right.SHARE_MAKE))


def may_read_sharing(user: User, action: Action) -> Verdict:
    """See with which partners an action is shared, and what those say."""
    return _answer(_holds(user, action.plan, Right.SHARING_READ))


def may_end_share(user: User, share: Share) -> Verdict:
    """Withdraw: always, also of an action that nobody may share any more."""
    return _answer(_holds(user, share.action.plan, Right.SHARE_MAKE))


def may_change_share(user: User, share: Share) -> Verdict:
    if share.closed_at:
        return denied(_("Deze actie wordt niet meer gedeeld met deze partner."))
    return may_share(user, share.action)


def may_answer_share(user: User, share: Share) -> Verdict:
    """Say yes or no to what is asked; a no can still become a yes."""
    if share.partner not in space_partners(user):
        return denied(NOT_YOUR_ROLE)
    return _answer(share.answer != ShareAnswer.ACCEPTED, _("Je organisatie heeft al aanvaard."))


def may_contribute(user: User, share: Share) -> Verdict:
    """Report on the partner's own part, or hand in a file about it."""
    if share.partner not in space_partners(user):
        return denied(NOT_YOUR_ROLE)
    return _answer(share.answer == ShareAnswer.ACCEPTED, _("Aanvaard eerst wat gevraagd is."))


def attachment_levels(user: User, action: Action) -> list[str]:
    """The levels a person may give a file: those this person then still reads."""
    held = _levels_in(user, action.plan)
    own = {action.confidentiality} if is_lead(user, action) else set()
    return [level for level in Level.values if level in held | own]


def _levels_in(user: User, plan: Plan) -> frozenset[str]:
    levels = user.levels_by_municipality()
    if plan.municipality_id:
        return frozenset(levels.get(plan.municipality_id, ()))
    return frozenset[str]().union(*levels.values())


def may_read_attachment(user: User, attachment: Attachment) -> Verdict:
    """The reader of an action reads its files, up to the levels of the reader's own roles."""
    action = attachment.action
    held = _levels_in(user, action.plan)
    same_level = attachment.confidentiality == action.confidentiality
    return _answer(attachment.confidentiality in held or (same_level and is_lead(user, action)))


def place_for(user: User, action: Action, right: Right) -> int | None:
    """Where what belongs to an action is kept: with a plan of the zone, where the user works."""
    if action.plan.municipality_id:
        return action.plan.municipality_id
    places = user.municipality_ids_with(right)
    here = (m for m in user.memberships_now if m.municipality.zone_id == action.plan.zone_id)
    return next((m.municipality_id for m in here if m.municipality_id in places), None)


def may_write_note(user: User, action: Action) -> Verdict:
    """Write a confidential note about an action that one reads."""
    place = place_for(user, action, Right.NOTE_WRITE)
    return denied(NOT_YOUR_ROLE) if place is None else of_partners.may_write_note(user, place)


def may_refer(user: User, action: Action) -> Verdict:
    """Send something of an action that one reads on to a partner."""
    if action.archived_at:
        return denied(ACTION_IS_ARCHIVED)
    place = place_for(user, action, Right.REFERRAL_MAKE)
    return denied(NOT_YOUR_ROLE) if place is None else of_partners.may_refer(user, place)
