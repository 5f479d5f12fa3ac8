"""The product's settings, made fast and silent for tests."""

from ivcentrum.settings import *  # noqa: F403
from ivcentrum.settings import BASE_DIR, DATABASES, INSTALLED_APPS, LOGGING, STORAGES, env
from tests.template import template

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NOTE_KEYS = ["bm90ZSBrZXkgb2YgdGhlIHRlc3RzLCAzMiBieXRlcyE="]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "demo" not in INSTALLED_APPS:
    INSTALLED_APPS.append("demo")
# A name of one's own, so that two runs beside each other do not share a database.
DATABASES["default"]["TEST"] = {
    "NAME": env.str("TEST_DATABASE_NAME", default=None),
    "TEMPLATE": template(),
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Apart from what a demo keeps, and from the tests in another process.
MEDIA_ROOT = BASE_DIR / "var" / "test-media" / env.str("PYTEST_XDIST_WORKER", default="alone")
STORAGES["staticfiles"] = {
    "BACKEND": "core.static_files.RememberedAddresses",
}
WHITENOISE_AUTOREFRESH = True  # nothing was gathered: a fresh clone runs the tests too


# What tests read of the logs they ask for; a line about each of their requests nobody reads.
LOGGING["root"]["level"] = "ERROR"
LOGGING["loggers"]["django"]["level"] = "ERROR"
