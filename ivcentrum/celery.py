"""The Celery application: it drains the outbox and does nothing else."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivcentrum.settings")

app = Celery("ivcentrum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
