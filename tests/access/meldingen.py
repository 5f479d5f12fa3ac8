"""The addresses of the meldingen."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from core import history
from meldingen.links import QUESTIONS, response_token
from meldingen.models import CategoryQuestion
from tests.access import ELSEWHERE, NOBODY, PARTNERS, SIGNED_IN, Actor, act, form, page
from tests.access import READERS as ACTION_READERS
from tests.access.partners import FOLLOWERS as REFERRAL_FOLLOWERS
from tests.access.partners import referral
from tests.access.stage import Stage
from tests.factories import (
    AnswerFactory,
    InboundMailboxFactory,
    InboundMailFactory,
    MeldingFactory,
    PhotoFactory,
    ReporterFactory,
    ReporterQuestionFactory,
    SavedViewFactory,
)

# Who follows all of the municipality, and whose service has the melding of the stage.
FOLLOWERS: frozenset[Actor] = frozenset(
    {Role.COORDINATOR, Role.CIV_STAFF, Role.WARDEN, Role.FINDER}
)
READERS: frozenset[Actor] = FOLLOWERS | {Role.SERVICE}
# Who reads meldingen at all, be it others.
DESK: frozenset[Actor] = READERS | {Role.NEIGHBOURHOOD_POLICE, ELSEWHERE}
# Who gives them to others; the neighbour does so at home, where nothing is chosen.
TRIAGE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF, ELSEWHERE})
# Who keeps the lists of the municipality.
KEEPERS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
NO_KEEPERS = SIGNED_IN - KEEPERS - {ELSEWHERE} - PARTNERS
OUTSIDE = SIGNED_IN - DESK - PARTNERS


def melding(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.pk}


def here(stage: Stage) -> dict[str, Any]:
    return {"code": stage.world.here.code.lower()}


def in_capitals(stage: Stage) -> dict[str, Any]:
    return {"code": stage.world.here.code}


def code(stage: Stage) -> dict[str, Any]:
    return {"follow": stage.melding.follow_code}


def thanked(stage: Stage) -> dict[str, Any]:
    return {**here(stage), **code(stage)}


def token(stage: Stage) -> dict[str, Any]:
    """Of a melding that is over: only then is it asked whether it is solved."""
    over = MeldingFactory.create(municipality=stage.world.here, over=True)
    return {"token": response_token(ReporterFactory.create(melding=over))}


def asked(stage: Stage) -> dict[str, Any]:
    question = ReporterQuestionFactory.create(
        reporter=stage.reporter, asked_by=stage.world.coordinator
    )
    return {"pk": question.pk}


def asked_token(stage: Stage) -> dict[str, Any]:
    return {"token": QUESTIONS.sign(str(asked(stage)["pk"]))}


ONE_PLACE = {"GET": 302, "HEAD": 302}  # straight to the form of the one that takes them


def photo(stage: Stage) -> dict[str, Any]:
    return {"key": PhotoFactory.create(melding=stage.melding).key}


def answer(stage: Stage) -> dict[str, Any]:
    return {"pk": AnswerFactory.create(melding=stage.melding).pk}


def plan_action(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.action.pk}


def starting(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.pk, "name": "starten"}


# Who sees who reported it, and shares it out.
CENTRE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF})
SHOWN = {("POST", Role.COORDINATOR): 200, ("POST", Role.CIV_STAFF): 200}
CENTRES = CENTRE | {ELSEWHERE}


def saved_view(stage: Stage) -> dict[str, Any]:
    made = SavedViewFactory.create(
        municipality=stage.world.here, owner=stage.world.coordinator, is_shared=True
    )
    return {"pk": made.pk}


def bulk_entry(stage: Stage) -> dict[str, Any]:
    entry = history.record("melding.bulk_closed", stage.world.here, by=stage.world.coordinator)
    return {"pk": entry.pk}


def sources(_stage: Stage) -> dict[str, Any]:
    return {"slug": "bronnen"}


def source(stage: Stage) -> dict[str, Any]:
    return {"slug": "bronnen", "pk": stage.melding.source_id}


def category(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.category_id}


def question(stage: Stage) -> dict[str, Any]:
    asked = CategoryQuestion.objects.create(
        category=stage.melding.category, label="Welke paal?", kind="tekst"
    )
    return {"pk": asked.pk}


# Back to the list, to choose something first.
NOTHING_CHOSEN = {(method, actor): 302 for method in ("GET", "HEAD") for actor in TRIAGE}

ROWS = [
    page("meldingen:list", seen=DESK, barred=OUTSIDE),
    form("meldingen:create", may=DESK, barred=OUTSIDE),
    page("meldingen:melding", melding, seen=READERS),
    # For citizens: open to everybody, signed in or not.
    page("meldingen:public", seen=SIGNED_IN, public=True, but=ONE_PLACE),
    form("meldingen:report", here, may=SIGNED_IN, public=True),
    page("meldingen:thanks", thanked, seen=SIGNED_IN, public=True),
    form("meldingen:follow-form", may=SIGNED_IN, public=True),
    page("meldingen:follow", code, seen=SIGNED_IN, public=True),
    form("meldingen:solved", token, may=SIGNED_IN, public=True),
    page(
        "meldingen:figures",
        seen=FOLLOWERS | {ELSEWHERE},
        barred=SIGNED_IN - FOLLOWERS - {ELSEWHERE} - PARTNERS,
    ),
    form("meldingen:question", asked_token, may=SIGNED_IN, public=True),
    page("meldingen:questions", seen=DESK, barred=OUTSIDE),
    page("meldingen:doubles", seen=DESK, barred=OUTSIDE),
    form("meldingen:step", starting, may=READERS),
    form("meldingen:close", melding, may=READERS),
    act("meldingen:note", melding, may=READERS),
    form("meldingen:edit", melding, may=READERS),
    form("meldingen:assign", melding, may=CENTRE, barred=READERS),
    act("meldingen:take-on", melding, may=READERS),
    form("meldingen:link", melding, may=READERS),
    act("meldingen:reporter", melding, may=CENTRE, barred=READERS, but=SHOWN),
    page("meldingen:around", melding, seen=READERS),
    form("meldingen:join", melding, may=CENTRE, barred=READERS),
    form("meldingen:split", melding, may=CENTRE, barred=READERS),
    form("meldingen:refer", melding, may=READERS),
    form("meldingen:photo-create", melding, may=READERS),
    page("meldingen:photo", photo, seen=READERS),
    page("meldingen:photo-small", photo, seen=READERS),
    page("meldingen:answers", seen=CENTRES, barred=SIGNED_IN - CENTRES - PARTNERS),
    form("meldingen:answer", answer, may=CENTRE),
    page("meldingen:of-action", plan_action, seen=ACTION_READERS),
    page("meldingen:of-referral", referral, seen=REFERRAL_FOLLOWERS | {Role.WARDEN, Role.PARTNER}),
    page("meldingen:views", seen=DESK, barred=OUTSIDE),
    form("meldingen:view-create", may=DESK, barred=OUTSIDE),
    act(
        "meldingen:view-destroy",
        saved_view,
        may={Role.COORDINATOR},
        barred=FOLLOWERS - {Role.COORDINATOR},
    ),
    form("meldingen:bulk", may=TRIAGE, barred=SIGNED_IN - TRIAGE - PARTNERS, but=NOTHING_CHOSEN),
    form(
        "meldingen:bulk",
        may=TRIAGE,
        barred=SIGNED_IN - TRIAGE - PARTNERS,
        query="?alle=1",
        but={("GET", ELSEWHERE): 302, ("HEAD", ELSEWHERE): 302},
    ),
    page("meldingen:bulk-result", bulk_entry, seen={Role.COORDINATOR}),
    form("meldingen:export", may=DESK, barred=OUTSIDE),
    page("meldingen:lists", seen=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    page("meldingen:terms", seen=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    form("meldingen:terms-edit", in_capitals, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:lists-defaults", may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    page("meldingen:list-items", sources, seen=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    form("meldingen:item-create", sources, may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    act("meldingen:items-order", sources, may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    form("meldingen:item-edit", source, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:item-archive", source, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:item-restore", source, may=KEEPERS, barred=NO_KEEPERS),
    page("meldingen:category-questions", category, seen=KEEPERS, barred=NO_KEEPERS),
    form("meldingen:question-create", category, may=KEEPERS, barred=NO_KEEPERS),
    form("meldingen:question-edit", question, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:question-archive", question, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:question-restore", question, may=KEEPERS, barred=NO_KEEPERS),
]

# Who walks the rounds, and who looks after the boxes.
WALKERS: frozenset[Actor] = FOLLOWERS | {Role.NEIGHBOURHOOD_POLICE}
BOX_KEEPERS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF})
BOXES = WALKERS | {ELSEWHERE}
NO_BOXES = SIGNED_IN - BOXES - PARTNERS
NO_BOX_KEEPERS = SIGNED_IN - BOX_KEEPERS - {ELSEWHERE} - PARTNERS
TO_THE_ROUND = {(method, who): 302 for method in ("GET", "HEAD") for who in WALKERS}
NO_FILE = {"GET": 404, "HEAD": 404, ("GET", NOBODY): 302, ("HEAD", NOBODY): 302}


def box(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.mailbox_id}


def scanned(stage: Stage) -> dict[str, Any]:
    return {"code": stage.visit.mailbox.code}


def route(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.round.route_id}


def missed_day(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.round.route_id, "day": "2026-11-17"}  # a Tuesday


def walked(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.round_id}


def visit(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.pk}


def note(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.note.pk}


def waiting(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.pk, "name": "wachten"}


ROWS += [
    page("meldingen:boxes", seen=BOXES, barred=NO_BOXES),
    form("meldingen:box-create", may=BOX_KEEPERS | {ELSEWHERE}, barred=NO_BOX_KEEPERS),
    act("meldingen:box-codes", may=BOX_KEEPERS | {ELSEWHERE}, barred=NO_BOX_KEEPERS),
    page("meldingen:box", box, seen=WALKERS),
    form("meldingen:box-edit", box, may=BOX_KEEPERS, barred=WALKERS - BOX_KEEPERS),
    page("meldingen:box-photo", box, seen=WALKERS, but=NO_FILE),
    form("meldingen:box-photo-set", box, may=BOX_KEEPERS, barred=WALKERS - BOX_KEEPERS),
    act("meldingen:box-archive", box, may=BOX_KEEPERS, barred=WALKERS - BOX_KEEPERS),
    act("meldingen:box-restore", box, may=BOX_KEEPERS, barred=WALKERS - BOX_KEEPERS),
    page("meldingen:routes", seen=BOXES, barred=NO_BOXES),
    form("meldingen:route-create", may=BOX_KEEPERS | {ELSEWHERE}, barred=NO_BOX_KEEPERS),
    form("meldingen:route-edit", route, may=BOX_KEEPERS, barred=WALKERS - BOX_KEEPERS),
    form("meldingen:route-boxes", route, may=BOX_KEEPERS, barred=WALKERS - BOX_KEEPERS),
    page("meldingen:rounds", seen=BOXES, barred=NO_BOXES),
    page("meldingen:round", walked, seen=WALKERS),
    form("meldingen:round-explain", missed_day, may=WALKERS),
    page("meldingen:notes", seen=DESK, barred=OUTSIDE),
    form("meldingen:note-copy", note, may=FOLLOWERS),
    page("meldingen:phone", seen=DESK, barred=OUTSIDE),
    page("meldingen:phone-box", scanned, seen=WALKERS, barred=NO_BOXES, but=TO_THE_ROUND),
    act("meldingen:round-begin", route, may=WALKERS),
    page("meldingen:phone-round", walked, seen=WALKERS),
    form("meldingen:round-finish", walked, may=WALKERS),
    act("meldingen:visit-empty", visit, may=WALKERS),
    form("meldingen:visit-notes", visit, may=WALKERS),
    form("meldingen:visit-skip", visit, may=WALKERS),
    act("meldingen:visit-undo", visit, may=WALKERS),
    page("meldingen:phone-list", seen=DESK, barred=OUTSIDE),
    form("meldingen:finding", may=DESK, barred=OUTSIDE),
    page("meldingen:phone-melding", melding, seen=READERS),
    form("meldingen:phone-close", melding, may=READERS),
    act("meldingen:phone-undo", melding, may=frozenset(), barred=READERS),  # it is open
    form("meldingen:phone-step", waiting, may=READERS),
]

ROWS += [
    page("meldingen:privacy", seen=DESK, barred=OUTSIDE),
    form("meldingen:ask", melding, may=CENTRE, barred=READERS),
    page("meldingen:reporter-questions", seen=CENTRES, barred=SIGNED_IN - CENTRES - PARTNERS),
    act("meldingen:question-read", asked, may=CENTRE),
]

# Who sets up the mailboxes that we read; the neighbour is a coordinator, who does not.
INBOX_KEEPERS: frozenset[Actor] = frozenset({Role.ADMINISTRATOR})
NO_INBOX_KEEPERS = SIGNED_IN - INBOX_KEEPERS - PARTNERS


def inbox(stage: Stage) -> dict[str, Any]:
    return {"pk": InboundMailboxFactory.create(municipality=stage.world.here).pk}


def inbound_mail(stage: Stage) -> dict[str, Any]:
    mail = InboundMailFactory.create(
        mailbox__municipality=stage.world.here, outcome="mislukt", reason="size"
    )
    return {"pk": mail.pk}


ROWS += [
    page("meldingen:mails", seen=CENTRES, barred=SIGNED_IN - CENTRES - PARTNERS),
    act("meldingen:mail-settle", inbound_mail, may=CENTRE),
    page("meldingen:mails-automatic", seen=CENTRES, barred=SIGNED_IN - CENTRES - PARTNERS),
    act("meldingen:mail-take", inbound_mail, may=CENTRE),
    page("meldingen:inboxes", seen=INBOX_KEEPERS, barred=NO_INBOX_KEEPERS),
    form("meldingen:inbox-create", may=INBOX_KEEPERS, barred=NO_INBOX_KEEPERS),
    page("meldingen:inbox", inbox, seen=INBOX_KEEPERS),
    form("meldingen:inbox-edit", inbox, may=INBOX_KEEPERS),
    act("meldingen:inbox-test", inbox, may=INBOX_KEEPERS),
    act("meldingen:inbox-on", inbox, may=INBOX_KEEPERS),
    act("meldingen:inbox-off", inbox, may=INBOX_KEEPERS),
    page("meldingen:map", seen=DESK, barred=OUTSIDE),
    page("meldingen:map-points", seen=DESK, barred=OUTSIDE),
    page("meldingen:map-boxes", seen=BOXES, barred=NO_BOXES),
]
