"""PDFs that people ask for: from a page, of what they may read, made by a worker, kept some days.

An app that makes one describes it as a `Kind` and names it in `settings.ASKED_PDFS`; a view of that
app takes the snapshot and calls `ask()`. The pages of waiting, failure and download are the house's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core import outbox, pdf, pdf_work
from core.models import AskedPdf, key_of, ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db import models

    from accounts.models import User
    from core.models import OutboxEntry

WORK = "asked_pdf"
KEPT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of PDF is made of its snapshot, and who may still read what it is about."""

    template: str  # drawn with what `context` makes of the snapshot
    sheet: str  # its own style sheet, after that of the house
    context: Callable[[dict[str, Any]], dict[str, Any]]
    # The page it was asked from, while this person may read that; None from then on.
    origin: Callable[[User, str], str | None]


def kind_of(paper: AskedPdf) -> Kind:
    found: Kind = import_string(settings.ASKED_PDFS[paper.kind])
    return found


def origin_of(paper: AskedPdf, user: User) -> str | None:
    """Where it came from, for who may still read that and all that the paper may hold."""
    now = levels_of(user)
    if any(set(levels) - set(now.get(place, ())) for place, levels in paper.levels.items()):
        return None
    return kind_of(paper).origin(user, key_of(paper.subject))


def levels_of(user: User) -> dict[str, list[str]]:
    """Which levels of confidentiality somebody reads in each municipality, as JSON keeps it."""
    found = user.levels_by_municipality().items()
    return {str(place): sorted(levels) for place, levels in found}


@transaction.atomic
def ask(
    kind: str, subject: models.Model, *, title: str, snapshot: dict[str, Any], by: User
) -> AskedPdf:
    """Keep what is asked and promise its PDF. The same content asked twice is one PDF."""
    mark, levels = pdf_work.checksum(snapshot), levels_of(by)
    kept_until = timezone.now() + dt.timedelta(days=KEPT_DAYS)
    paper, is_new = AskedPdf.objects.get_or_create(
        kind=kind, subject=ref(subject), checksum=mark, asked_by=by,
        defaults={"title": title, "snapshot": snapshot, "kept_until": kept_until,
                  "levels": levels},
    )  # fmt: skip
    if paper.levels != levels:  # less may be read by now, and still all that stands in it
        paper.levels = levels
        paper.save(update_fields=["levels"])
    if is_new:
        paper.pdf_work = pdf_work.promise(paper, WORK, key=_key(paper), by=by)
        paper.save(update_fields=["pdf_work"])
    return paper


def again(paper: AskedPdf, *, by: User) -> None:
    pdf_work.again(paper, WORK, key=_key(paper), by=by)


def _key(paper: AskedPdf) -> str:
    return f"pdf:asked:{paper.pk}:{paper.checksum}"


def build(entry: OutboxEntry) -> None:
    """The work of the outbox: the PDF from the snapshot alone."""
    asked = AskedPdf.objects.select_related("asked_by")
    paper = asked.filter(pk=entry.payload["askedpdf"]).first()
    if paper is None:
        return  # it was kept long enough
    if origin_of(paper, paper.asked_by) is None:
        raise outbox.PermanentError(_("Wie dit vroeg, mag het intussen niet meer lezen."))
    sheet = css(paper)
    name = f"gevraagd/{paper.asked_at.year}/{paper.pk}-{paper.checksum[:16]}.pdf"
    pdf_work.make(
        paper, entry, html=lambda: page_of(paper), css=sheet, mark=paper.checksum, name=name
    )


def page_of(paper: AskedPdf) -> str:
    """The finished page that becomes the PDF."""
    kind = kind_of(paper)
    return render_to_string(kind.template, kind.context(paper.snapshot))


def css(paper: AskedPdf) -> str:
    return pdf.house_style(str(paper.snapshot.get("colour", "")), kind_of(paper).sheet)


def tidy(*, at: dt.datetime) -> None:
    """Throw away what was kept long enough, file and all."""
    for paper in AskedPdf.objects.over(at=at).select_related("pdf_work"):
        with transaction.atomic():
            if paper.pdf_work:
                outbox.cancel(paper.pdf_work)
            paper.delete()
            if paper.pdf:
                transaction.on_commit(partial(paper.pdf.delete, save=False))
