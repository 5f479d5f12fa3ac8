import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivcentrum.settings")
application = get_wsgi_application()

from core import memory  # noqa: E402 - after everything else was loaded

memory.settle()
