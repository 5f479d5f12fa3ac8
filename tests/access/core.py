"""Addresses of the house itself."""

from __future__ import annotations

from typing import Any

from plans import partner_paper
from tests.access import ACTORS, ADMINISTRATORS, COORDINATORS, PARTNERS, SIGNED_IN, Row, act, page
from tests.access.stage import Stage

OTHERS = SIGNED_IN - ADMINISTRATORS


def failed(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.failed_work.pk}


def paper(stage: Stage) -> dict[str, Any]:
    """A PDF that the coordinator asked for: nobody else may know of it."""
    return {"pk": partner_paper.ask(stage.plan, by=stage.world.coordinator).pk}


ROWS: list[Row] = [
    # Who only works in the space of a partner is led there.
    page("home", seen=SIGNED_IN, but={(m, a): 302 for m in ("GET", "HEAD") for a in PARTNERS}),
    page("style", seen=SIGNED_IN),
    page("pdf", paper, seen=COORDINATORS),
    page("pdf-build", paper, seen=COORDINATORS),
    act("pdf-again", paper, may=COORDINATORS),
    page(
        "pdf-file",
        paper,
        seen=COORDINATORS,
        but={(method, actor): 302 for method in ("GET", "HEAD") for actor in COORDINATORS},
    ),
    page("health", seen=ADMINISTRATORS, barred=OTHERS),
    act("health-again", failed, may=ADMINISTRATORS, barred=OTHERS),
    act("health-cancel", failed, may=ADMINISTRATORS, barred=OTHERS),
    page("live", seen=ACTORS, public=True),
    # No worker has shown itself yet, so the installation is not ready.
    page("ready", seen=ACTORS, public=True, but={"GET": 503, "HEAD": 503}),
]
