"""The product's own settings; only the static files need not be gathered first."""

from ivcentrum.settings import *  # noqa: F403
from ivcentrum.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "core.static_files.RememberedAddresses"}
