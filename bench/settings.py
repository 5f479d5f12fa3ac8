"""The product's own settings; only the static files need not be gathered first, and no line per
request stands between the figures."""

from ivcentrum.settings import *  # noqa: F403
from ivcentrum.settings import LOGGING, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "core.static_files.RememberedAddresses"}
LOGGING["root"]["level"] = "WARNING"
