"""The product's own settings for a house that browsers visit; static files come from the sources."""

from ivcentrum.settings import *  # noqa: F403
from ivcentrum.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "core.static_files.RememberedAddresses"}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
