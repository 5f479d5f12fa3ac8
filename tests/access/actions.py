"""Addresses of actions and what belongs to them."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from accounts.roles import Role
from core import history
from plans.models import Attachment
from tests.access import (
    ACTORS,
    COORDINATORS,
    ELSEWHERE,
    LEADS,
    PARTNERS,
    READERS,
    SIGNED_IN,
    Row,
    act,
    action,
    form,
    page,
    plan,
)
from tests.access.partners import (
    FOLLOWERS,
    LOG,
    NOTERS,
    REFERRERS,
    SEEN,
    note,
    partner,
    practice,
    referral,
)
from tests.access.stage import Stage


def step(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.action.pk, "name": "opschorten"}


def indicator(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.indicator.pk}


def attachment(stage: Stage) -> dict[str, Any]:
    """A file of the action's own level, in no folder: its content is asked nowhere else."""
    row = Attachment(
        action=stage.action,
        name="verslag.pdf",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        uploaded_by=stage.world.coordinator,
    )
    row.file.save("verslag.pdf", ContentFile(b"%PDF"), save=False)
    row.save()
    return {"pk": row.pk}


def share(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.share.pk}


def own_file(stage: Stage) -> dict[str, Any]:
    """A file that the partner handed in."""
    found = attachment(stage)
    Attachment.objects.filter(**found).update(share=stage.share)
    return found


def bulk_result(stage: Stage) -> dict[str, Any]:
    return {"pk": history.record("plan.bulk_lead", stage.plan, by=stage.world.coordinator).pk}


# Without a choice, or with nothing in sight to choose, everybody is sent back to the list.
NO_CHOICE = {(method, actor): 302 for method in ("GET", "HEAD", "POST") for actor in ACTORS}
NOTHING_TO_CHOOSE = {key: code for key, code in NO_CHOICE.items() if key[1] not in READERS}

EDITS = ("action-edit", "action-level", "action-archive", "action-restore", "action-lead",
         "action-partners", "action-budget", "action-practices", "indicator-create")  # fmt: skip

ENGAGED = LOG | {Role.CORE_GROUP}

ROWS: list[Row] = [
    page("plans:actions", seen=SIGNED_IN),
    page("plans:mine", seen=SIGNED_IN),
    page("plans:of-partner", partner, seen=SEEN),
    page("plans:of-practice", practice, seen=READERS),
    page("plans:actions-xlsx", seen=SIGNED_IN),
    page("plans:actions-csv", seen=SIGNED_IN),
    form("plans:bulk", may=SIGNED_IN, but=NO_CHOICE),
    form(
        "plans:bulk",
        may=COORDINATORS,
        barred=READERS,
        query="?alle=1&doen=bijsturen",
        but=NOTHING_TO_CHOOSE,
    ),
    page("plans:bulk-result", bulk_result, seen=COORDINATORS),
    form("plans:action-create", plan, may=COORDINATORS, barred=READERS),
    page("plans:action", action, seen=READERS),
    *(form(f"plans:{name}", action, may=COORDINATORS, barred=READERS) for name in EDITS),
    form("plans:action-step", step, may=COORDINATORS, barred=READERS),
    form("plans:update", action, may=LEADS, barred=READERS),
    form("plans:attach", action, may=LEADS, barred=READERS),
    # Already answered: whoever leads is told so, others never get that far.
    form(
        "plans:action-answer",
        action,
        may={Role.SERVICE},
        barred=READERS - {Role.SERVICE},
        but={(method, Role.SERVICE): 302 for method in ("GET", "HEAD", "POST")},
    ),
    form("plans:indicator-edit", indicator, may=COORDINATORS, barred=READERS),
    form("plans:indicator-archive", indicator, may=COORDINATORS, barred=READERS),
    form("plans:indicator-value", indicator, may=LEADS, barred=READERS),
    page("plans:engagements", seen=ENGAGED | {ELSEWHERE}, barred=SIGNED_IN - ENGAGED - {ELSEWHERE}),
    form("plans:engagement", partner, may=ENGAGED, post=COORDINATORS, barred=SEEN - ENGAGED),
    page("plans:cooperation", action, seen=LOG, barred=READERS - LOG),
    form("plans:share", action, may=COORDINATORS, barred=READERS - COORDINATORS),
    form("plans:share-edit", share, may=COORDINATORS, barred=LOG - COORDINATORS),
    form("plans:share-withdraw", share, may=COORDINATORS, barred=LOG - COORDINATORS),
    page("space:home", seen=PARTNERS, barred=SIGNED_IN - PARTNERS),
    page("space:share", share, seen={Role.PARTNER}),
    act("space:answer", share, may=(), barred={Role.PARTNER}),  # it accepted already
    act("space:contribute", share, may={Role.PARTNER}),
    act("space:hand-in", share, may={Role.PARTNER}),
    page("space:file", own_file, seen={Role.PARTNER}),
    page("plans:around", action, seen=READERS),
    form("plans:note-create", action, may=NOTERS, barred=READERS - NOTERS),
    page("plans:of-note", note, seen=COORDINATORS),
    form("plans:refer", action, may=REFERRERS & READERS, barred=READERS - REFERRERS),
    page("plans:of-referral", referral, seen=FOLLOWERS | {Role.WARDEN, Role.PARTNER}),
    page("plans:attachment", attachment, seen=READERS),
    act("plans:attachment-archive", attachment, may=LEADS, barred=READERS),
]
