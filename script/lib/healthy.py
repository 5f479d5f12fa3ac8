"""script/healthy: whether a part of the product does its work, for Docker and for monitoring."""

import http.client
import os
import sys
from datetime import timedelta
from urllib.parse import urlsplit

# A worker shows that it lives at every tick and between two pieces of work; the longest piece is
# a PDF, which may take CELERY_TASK_TIME_LIMIT.
SIGNS = {
    "worker-mail": ["drain-mail"],
    "worker-pdf": ["drain-pdf"],
    "beat": ["beat"],
}
OLDEST = timedelta(minutes=5)


def main() -> int:
    part = sys.argv[1] if len(sys.argv) > 1 else "web"
    if part == "web":
        return 0 if web_answers() else 1
    if part in SIGNS:
        return 0 if gave_a_sign(SIGNS[part]) else 1
    sys.exit("Gebruik: script/healthy web|worker-mail|worker-pdf|beat")


def web_answers() -> bool:
    """Ask for a sign of life the way the proxy would."""
    site = urlsplit(os.environ.get("SITE_URL", "http://127.0.0.1:8000"))
    port = os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2]  # the default
    line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=8)
    try:
        line.request(
            "GET", "/healthz/live", headers={"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
        )
        return line.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def gave_a_sign(names: list[str]) -> bool:
    """Read when these parts last showed that they live; one recent sign is enough."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivcentrum.settings")
    import django  # noqa: PLC0415  # the web check does without

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from core.models import Heartbeat  # noqa: PLC0415

    recent = timezone.now() - OLDEST
    return Heartbeat.objects.filter(name__in=names, at__gte=recent).exists()


if __name__ == "__main__":
    sys.exit(main())
