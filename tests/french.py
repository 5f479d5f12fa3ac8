"""Which texts people may read in French: read from their sources, as the catalogue has to hold them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Path = settings.BASE_DIR
# What a citizen may come to see.
PAGES = ("templates/meldingen/public", "templates/forms")
FILES = (
    "templates/base.html",
    "templates/core/header.html",
    "templates/core/toasts.html",
    "templates/core/error.html",
    "templates/429.html",
    "templates/components/form_errors.html",
    "templates/components/point.html",
    "templates/components/map.html",
    "meldingen/forms/citizen.py",
    "meldingen/forms/point.py",
    "meldingen/said.py",
    "meldingen/views/citizen.py",
    "meldingen/views/following.py",
    "meldingen/operations/waiting_photos.py",
    "core/text.py",
    "core/uploads.py",
)
# What a mail says to who has a role, and the page where one leaves something out of it.
MAILED = (
    "templates/reminders/mail/items.txt",
    "templates/reminders/mail/items.html",
    "templates/reminders/unsubscribe.html",
    "templates/core/mail/letter.html",
    "accounts/tasks.py",
    "core/mail.py",
    "plans/tasks.py",
    "partners/tasks.py",
    "reports/tasks.py",
    "reminders/digest.py",
    "reminders/matters.py",
)
KEYWORDS = ("gettext", "gettext_lazy", "_", "_lazy", "ngettext")


def sources() -> list[Path]:
    pages = [path for folder in PAGES for path in sorted((ROOT / folder).rglob("*.html"))]
    return pages + [ROOT / name for name in FILES]


def mailed_texts() -> set[str]:
    rules = [f"{name.replace('.', '/')}.py" for name in settings.REMINDER_RULES]
    return set().union(*(texts_of(ROOT / name) for name in (*MAILED, *rules)))


def texts_of(source: Path) -> set[str]:
    """The Dutch texts that one file asks to translate."""
    text = source.read_text()
    if source.suffix == ".html":
        lines = templatize(text, origin=str(source)).splitlines()
        text = "\n".join(line.strip() for line in lines)  # what is left looks like Python
    found = extract_python(
        io.BytesIO(text.encode()), dict.fromkeys(KEYWORDS), [], {"encoding": "utf-8"}
    )
    return {one for _line, _name, said, _comments in found for one in _words(said) if one}


def _words(said: Any) -> list[str]:
    """One text, or the singular and the plural."""
    return [said] if isinstance(said, str) else list(said)


def public_texts() -> set[str]:
    return set().union(*(texts_of(source) for source in sources()))
