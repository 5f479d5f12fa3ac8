"""How forms are drawn: the house's own field, form and widget templates."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Used by every form, so that `{{ form }}` and `{{ field.as_field_group }}` fit the house."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
