"""The ticks that beat sends: losing or doubling one costs nothing, the truth is the outbox."""

from __future__ import annotations

from celery import shared_task

from core import outbox, smtp


@shared_task
def drain_mail() -> None:
    with smtp.one_line():
        outbox.drain("mail")


@shared_task
def drain_pdf() -> None:
    outbox.drain("pdf")
