"""What happens by night, by itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from partners.operations import agreements, key_figures


@shared_task
def erase_expired() -> None:
    """Personal data of key figures whose consent ended are not kept."""
    key_figures.erase_expired(on=timezone.localdate())


@shared_task
def look_after_agreements() -> None:
    """Every hour, so that it is soon done after midnight: what goes on by itself is written down."""
    agreements.renew_tacitly(on=timezone.localdate())
