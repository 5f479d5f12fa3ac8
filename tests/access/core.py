"""Addresses of the house itself."""

from __future__ import annotations

from typing import Any

from tests.access import ACTORS, ADMINISTRATORS, PARTNERS, SIGNED_IN, Row, act, page
from tests.access.stage import Stage

OTHERS = SIGNED_IN - ADMINISTRATORS


def failed(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.failed_work.pk}


ROWS: list[Row] = [
    # Who only works in the space of a partner is led there.
    page("home", seen=SIGNED_IN, but={(m, a): 302 for m in ("GET", "HEAD") for a in PARTNERS}),
    page("style", seen=SIGNED_IN),
    page("health", seen=ADMINISTRATORS, barred=OTHERS),
    act("health-again", failed, may=ADMINISTRATORS, barred=OTHERS),
    act("health-cancel", failed, may=ADMINISTRATORS, barred=OTHERS),
    page("live", seen=ACTORS, public=True),
    # No worker has shown itself yet, so the installation is not ready.
    page("ready", seen=ACTORS, public=True, but={"GET": 503, "HEAD": 503}),
]
