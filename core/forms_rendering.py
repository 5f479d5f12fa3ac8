"""How forms are drawn: the house's own field and form templates, and Django's widgets without theirs.

Django draws a widget from a template, with another for each of its options and one for the
attributes of each. A list with a dozen filters spent a third of its time on that; what is below
writes the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.http import HttpRequest

    Widget = Mapping[str, Any]  # what `get_context` of a widget tells about it


class HouseRenderer(TemplatesSetting):
    """Used by every form, so that `{{ form }}` and `{{ field.as_field_group }}` fit the house."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        write = WRITTEN.get(template_name)
        if write is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template escapes
        return mark_safe(write(context["widget"]))  # noqa: S308 - each value is escaped below


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    kind, name = widget["type"], _text(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: Widget) -> str:
    value = _text(widget["value"]) if widget["value"] else ""
    start = f'<textarea name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>'
    return f"{start}\n{value}</textarea>"  # a browser leaves out this first line end, and no other


def _select(widget: Widget) -> str:
    groups = _grouped(widget, _option, '<optgroup label="{}">', "</optgroup>")
    start = f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>'
    return f"{start}{groups}</select>"


def _option(option: Widget) -> str:
    start = f'<option value="{_text(option["value"])}"{_attributes(option["attrs"])}>'
    return f"{start}{_text(option['label'])}</option>"


def _choices(widget: Widget) -> str:
    """A box or a dot before each option."""
    own = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    groups = _grouped(widget, _choice, "<div><label>{}</label>", "</div>")
    return f"<div{_attributes(own)}>{groups}</div>"


def _choice(option: Widget) -> str:
    if not option["wrap_label"]:
        return f"<div>{_input(option)}</div>"
    own = {"for": option["attrs"]["id"]} if option["attrs"].get("id") else {}
    return f"<div><label{_attributes(own)}>{_input(option)} {_text(option['label'])}</label></div>"


def _grouped(widget: Widget, write: Callable[[Widget], str], start: str, end: str) -> str:
    def one(name: Any, options: Iterable[Widget]) -> str:
        rows = "".join(map(write, options))
        return f"{start.format(_text(name))}{rows}{end}" if name else rows

    return "".join(one(name, options) for name, options, _number in widget["optgroups"])


_HERE = "django/forms/widgets"
_INPUTS = ("text", "email", "password", "hidden", "date", "datetime", "time", "url", "checkbox")
WRITTEN: Mapping[str, Callable[[Widget], str]] = {
    f"{_HERE}/textarea.html": _textarea,
    f"{_HERE}/select.html": _select,
    f"{_HERE}/checkbox_select.html": _choices,
    f"{_HERE}/radio.html": _choices,
} | dict.fromkeys((f"{_HERE}/{name}.html" for name in _INPUTS), _input)
