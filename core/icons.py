"""The icons this house uses, by their name in the Tabler set; `build_icons` makes them a sprite."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

ICONS = frozenset(
    {
        "adjustments-horizontal",
        "alert-octagon",
        "alert-triangle",
        "archive",
        "archive-off",
        "arrow-back-up",
        "arrow-down",
        "arrow-right",
        "arrow-up",
        "arrows-sort",
        "chart-bar",
        "check",
        "calendar-due",
        "calendar-repeat",
        "checklist",
        "chevron-down",
        "chevron-left",
        "chevron-right",
        "circle-check",
        "circle-minus",
        "clock",
        "contract",
        "copy",
        "device-floppy",
        "dots",
        "download",
        "edit",
        "eye",
        "file-text",
        "file-type-pdf",
        "filter",
        "grip-vertical",
        "hand-stop",
        "history",
        "home",
        "info-circle",
        "key",
        "list-details",
        "link",
        "lock",
        "logout",
        "mail",
        "map",
        "map-pin",
        "menu-2",
        "message",
        "message-report",
        "paperclip",
        "phone",
        "plus",
        "refresh",
        "report-analytics",
        "scale",
        "search",
        "send",
        "settings",
        "share",
        "shield",
        "shield-check",
        "signature",
        "sparkles",
        "table-export",
        "target-arrow",
        "user",
        "user-check",
        "user-plus",
        "user-question",
        "users",
        "mailbox",
        "camera",
        "navigation",
        "qrcode",
        "route",
        "trash",
        "tree",
        "bulb",
        "volume",
        "users-group",
        "building",
        "road",
        "current-location",
        "walk",
        "x",
    }
)

_SHAPE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_BOX = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


def source_folder() -> Path:
    return settings.BASE_DIR / "node_modules" / "@tabler" / "icons" / "icons" / "outline"


def symbol(name: str, svg: str) -> str:
    """One icon as a `<symbol>`: the strokes alone, so that the page decides their look."""
    match = _SHAPE.search(svg)
    if match is None:
        message = f"{name}: no <svg> element found"
        raise ValueError(message)
    strokes = match[1].replace(_BOX, "")
    body = "".join(strokes.split("\n"))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def sprite(folder: Path) -> str:
    symbols = [symbol(name, (folder / f"{name}.svg").read_text()) for name in sorted(ICONS)]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
