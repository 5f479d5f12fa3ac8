"""The Celery application: it drains the outbox and does nothing else."""

import logging.config
import os

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivcentrum.settings")

app = Celery("ivcentrum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.celeryd_init.connect
@signals.setup_logging.connect
def _our_logs(**_told: object) -> None:
    """Celery would bring handlers and formats of its own."""
    from django.conf import settings  # noqa: PLC0415 - Django's settings name this module's package

    logging.config.dictConfig(settings.LOGGING)
    logging.captureWarnings(capture=True)


@signals.worker_init.connect
def _keep_watch(**_told: object) -> None:
    from ivcentrum import worker  # noqa: PLC0415 - needs Django, which Celery has set up by now

    worker.prepare()
