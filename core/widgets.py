"""Form widgets of the house that Django does not have."""

from __future__ import annotations

from typing import Any

from django import forms

SHORT = 50  # options; a longer list is typed into, not scrolled


class Datalist(forms.TextInput):
    """A text box that suggests: for lists too long for a select. Takes and gives the option's key."""

    template_name = "forms/widgets/datalist.html"

    def __init__(self, options: dict[str, str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.options = options

    def format_value(self, value: Any) -> str | None:
        return self.options.get(str(value), str(value or ""))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        typed = (data.get(name) or "").strip()
        if typed in self.options:
            return typed
        keys = {label.casefold(): key for key, label in self.options.items()}
        return keys.get(typed.casefold(), typed)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"suggestions-{name}"
        context["suggestions"] = self.options.values()
        return context


def choose_from(options: dict[str, str], *, empty: str = "") -> forms.Widget:
    """A select for a short list, a text box that suggests for a long one."""
    if len(options) > SHORT:
        return Datalist(options)
    return forms.Select(choices=[("", empty), *options.items()])


class LinesWidget(forms.Textarea):
    """One item per line; the value is a list."""

    def format_value(self, value: Any) -> str | None:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        # A form for two people hands over a stored list as several values.
        return "\n".join(data.getlist(name)) if hasattr(data, "getlist") else data.get(name)
