"""What people call the device behind a browser's long name for itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is found counts: Edge and Opera also say Chrome, Chrome also says Safari, an
# iPhone also says Mac OS X and Android also says Linux.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet",
            "Firefox": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome/": "Chrome",
            "Safari/": "Safari"}  # fmt: skip
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows",
           "Macintosh": "Mac", "CrOS": "Chromebook", "Linux": "Linux"}  # fmt: skip


def device_name(user_agent: str) -> str:
    browser = _first(BROWSERS, user_agent) or _("Onbekende browser")
    system = _first(SYSTEMS, user_agent)
    if not system:
        return browser
    return _("%(browser)s op %(system)s") % {"browser": browser, "system": system}


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
