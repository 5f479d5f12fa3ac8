"""The small marks of the house: icon, badge, initials, progress. Loaded in every template."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django import template
from django.core.paginator import Paginator
from django.forms.utils import flatatt
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.devices import device_name
from core.forms import file_limit
from core.icons import ICONS

if TYPE_CHECKING:
    from django.template.context import Context
    from django.utils.functional import _StrPromise

register = template.Library()
register.filter("device", device_name)

LONG = 16  # letters: a longer badge may break over two lines
TONES = frozenset({"ok", "info", "warn", "danger", "plum", "mute", "accent"})


@register.simple_tag
@cache  # there are few, each stands on many pages, and a row of a list has several
def icon(name: str, css_class: str = "") -> SafeString:
    """Draw an icon beside a word. It says nothing to a screen reader: the word does."""
    if name not in ICONS:
        message = f"Icon {name!r} is not in core.icons.ICONS"
        raise ValueError(message)
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {css_class}" if css_class else "",
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def badge(
    label: str | _StrPromise, tone: str = "mute", icon_name: str = "", css_class: str = ""
) -> SafeString:
    """A word on a tint, with a dot or an icon: colour never says it alone."""
    if tone not in TONES:
        message = f"Tone {tone!r} is none of {sorted(TONES)}"
        raise ValueError(message)
    classes = ["badge", css_class, "is-long" if len(str(label)) > LONG else ""]
    return format_html(
        '<span class="{}" data-tone="{}">{}{}</span>',
        " ".join(filter(None, classes)),
        tone,
        icon(icon_name) if icon_name else "",
        label,
    )


@register.simple_tag
def progress(value: int | None, label: str | _StrPromise, tone: str = "") -> SafeString:
    """How far something is, as a bar and a number; unknown is a dash."""
    if value is None:
        return format_html('<span class="progress soft">{}</span>', "–")
    return format_html(
        '<span class="progress"{}><progress max="100" value="{}" aria-label="{}"></progress>'
        '<span class="progress-text">{}\u202f%</span></span>',
        format_html(' data-tone="{}"', tone) if tone else "",
        value,
        label,
        value,
    )


@register.simple_tag(name="file_limit")
def limit_on_input() -> SafeString:
    """The attributes by which the browser weighs a file, for an input that no form draws."""
    return flatatt(file_limit())


@register.filter
def initials(name: str) -> str:
    """Two letters for a round mark: "Els Peeters" is EP."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The address of this page with some of its parameters changed; None takes one away."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in {None, ""}:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def pages_around(paginator: Paginator[Any], number: int) -> list[int]:
    """The page numbers worth a link: the ends and those near; 0 stands for a gap."""
    elided = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else 0 for page in elided]
