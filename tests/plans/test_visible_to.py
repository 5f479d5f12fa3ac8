"""Which plans and actions a person sees."""

from __future__ import annotations

import pytest

from accounts.models import Membership, User
from accounts.roles import LEVELS, RIGHTS, Right, Role
from core.confidentiality import Level
from plans import permissions
from plans.models import Action, ActionPartner, Plan, PlanUserPermission
from plans.workflow import PlanStatus
from tests.conftest import World
from tests.factories import PlanFactory, member


def sees(world: World, role: Role) -> bool:
    return world.action in Action.objects.visible_to(world.cast[role])


ALL_LEVELS = {
    Level.PUBLIC: set(Role) - {Role.PARTNER, Role.READER, Role.ADMINISTRATOR},
    Level.INTERNAL: set(Role) - {Role.PARTNER, Role.READER, Role.ADMINISTRATOR},
    Level.PARTNERS: {
        Role.COORDINATOR,
        Role.CIV_STAFF,
        Role.CORE_GROUP,
        Role.COLLEGE,
        Role.SERVICE,  # leads the action
    },
    Level.RESTRICTED: {Role.COORDINATOR, Role.CORE_GROUP, Role.SERVICE},
    Level.CONFIDENTIAL: {Role.COORDINATOR},
}


@pytest.mark.parametrize("level", list(Level))
def test_a_level_reaches_exactly_these_roles(world: World, level: Level) -> None:
    Action.objects.update(confidentiality=level)

    assert {role for role in Role if sees(world, role)} == ALL_LEVELS[level]


def test_everyone_here_sees_a_public_action_of_a_public_plan(world: World) -> None:
    Plan.objects.update(confidentiality=Level.PUBLIC)
    Action.objects.update(confidentiality=Level.PUBLIC)

    assert {role for role in Role if not sees(world, role)} == {Role.PARTNER}
    assert not Action.objects.visible_to(world.coordinator_elsewhere)


def test_an_outside_partner_sees_no_action_not_even_what_it_leads(world: World) -> None:
    ActionPartner.objects.create(action=world.action, partner=world.care, role="uitvoerder")
    Plan.objects.update(confidentiality=Level.PUBLIC)
    Action.objects.update(confidentiality=Level.PUBLIC, lead_partner=world.care)

    assert not sees(world, Role.PARTNER)
    assert not Plan.objects.visible_to(world.partner)


def test_a_service_sees_what_it_takes_part_in(world: World) -> None:
    helper = member(world.here, Role.SERVICE, world.care)
    Action.objects.update(confidentiality=Level.PARTNERS)
    assert world.action not in Action.objects.visible_to(helper)

    ActionPartner.objects.create(action=world.action, partner=world.care, role="uitvoerder")

    assert world.action in Action.objects.visible_to(User.objects.get(pk=helper.pk))


def test_a_service_does_not_see_a_restricted_action_it_only_supports(world: World) -> None:
    helper = member(world.here, Role.SERVICE, world.care)
    ActionPartner.objects.create(action=world.action, partner=world.care, role="ondersteuner")
    Action.objects.update(confidentiality=Level.RESTRICTED)

    assert world.action not in Action.objects.visible_to(helper)


def test_a_plan_in_the_making_is_for_those_who_make_it(world: World) -> None:
    Plan.objects.update(status=PlanStatus.DRAFT, adopted_on=None)

    seen_by = {role for role in Role if Plan.objects.visible_to(world.cast[role])}
    assert seen_by == {Role.COORDINATOR, Role.CIV_STAFF, Role.CORE_GROUP}


def test_a_superuser_sees_nothing_extra(world: World) -> None:
    user = world.reader
    user.is_superuser = True
    user.save()

    assert not Action.objects.visible_to(user)


def test_a_zone_plan_is_seen_in_both_municipalities(world: World) -> None:
    plan = PlanFactory.create(municipality=None, zone=world.here.zone, kind="ZVP", running=True)

    assert plan in Plan.objects.visible_to(world.coordinator)
    assert plan in Plan.objects.visible_to(world.coordinator_elsewhere)
    assert plan not in Plan.objects.visible_to(world.partner)


@pytest.mark.parametrize("level", list(Level))
def test_the_level_of_a_plan_reaches_who_reads_that_level(world: World, level: Level) -> None:
    Plan.objects.update(confidentiality=level)

    seen_by = {role for role in Role if Plan.objects.visible_to(world.cast[role])}
    readers = {role for role in Role if Right.PLAN_READ in RIGHTS[role] and level in LEVELS[role]}
    assert seen_by == (set(Role) - {Role.PARTNER} if level == Level.PUBLIC else readers)


def test_a_role_elsewhere_opens_nothing_that_an_organisation_leads_here(world: World) -> None:
    """The place in the organisation was never ended; the role here was."""
    Membership.objects.filter(user=world.lead).update(municipality=world.elsewhere)
    Action.objects.update(lead_person=world.lead)

    assert not Action.objects.visible_to(world.lead)
    assert not permissions.may_update(world.lead, world.action)


def test_help_ends_with_the_last_role_here(world: World) -> None:
    PlanUserPermission.grant(world.reader, world.plan)
    Membership.objects.filter(user=world.reader).update(ends="2026-01-02")

    assert not Plan.objects.visible_to(world.reader)
    assert not Action.objects.visible_to(world.reader)


def test_a_person_who_helps_sees_that_one_plan(world: World) -> None:
    assert not Plan.objects.visible_to(world.reader)

    PlanUserPermission.grant(world.reader, world.plan)

    world.reader.memory.clear()
    assert Plan.objects.visible_to(world.reader).get() == world.plan
