"""A form as people meet it: label, help, error and widget belong together."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template

from accounts.models import Municipality
from core.forms import HouseForm
from core.style_guide import CLASH, SampleForm, wrong_form


class Tags(HTMLParser):
    """Every opening tag with its attributes, to look a field up by its id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def by_id(self, wanted: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.found if attrs.get("id") == wanted)

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.found if attrs.get("id")]


class Numbers(HouseForm):
    count = forms.IntegerField()
    share = forms.DecimalField(decimal_places=1)
    day = forms.DateField()


def test_a_field_names_its_help() -> None:
    tags = Tags(SampleForm().render())

    assert tags.by_id("id_title")["aria-describedby"] == "id_title_helptext"
    assert tags.by_id("id_title_helptext")


def test_a_wrong_field_says_so_and_names_its_error() -> None:
    tags = Tags(wrong_form().render())

    title = tags.by_id("wrong_title")
    assert title["aria-invalid"] == "true"
    assert title["aria-describedby"] == "wrong_title_helptext wrong_title_error"
    assert tags.by_id("wrong_title_error")["class"] == "errorlist"


def test_a_group_of_choices_names_its_error_too() -> None:
    html = wrong_form().render()

    assert '<fieldset class="field is-wrong" aria-describedby="wrong_light_error"' in html
    assert Tags(html).by_id("wrong_light_error")


@pytest.mark.parametrize("form", [SampleForm(), wrong_form()], ids=["empty", "wrong"])
def test_every_reference_leads_somewhere(form: SampleForm) -> None:
    tags = Tags(form.render())

    ids = tags.ids()
    assert len(ids) == len(set(ids))
    labels = {attrs["for"] for tag, attrs in tags.found if tag == "label" and attrs.get("for")}
    links = {str(attrs["href"])[1:] for tag, attrs in tags.found if tag == "a"}
    assert labels | links <= set(ids)


def test_the_summary_leads_to_each_wrong_field() -> None:
    html = wrong_form().render()

    assert '<a href="#wrong_title">Titel: Dit veld is verplicht.</a>' in html
    assert 'role="alert"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in SampleForm().render()


def test_what_may_stay_empty_says_so() -> None:
    html = SampleForm()["neighbourhood"].as_field_group()

    assert "niet verplicht" in html
    assert "niet verplicht" not in SampleForm()["title"].as_field_group()


def test_a_date_is_picked_and_kept_in_iso() -> None:
    html = SampleForm(initial={"due": dt.date(2026, 12, 15)})["due"].as_widget()

    assert 'type="date"' in html
    assert 'value="2026-12-15"' in html


@pytest.mark.parametrize("typed", ["2026-12-15", "15/12/2026", "15-12-2026"])
def test_a_date_may_also_be_typed(typed: str) -> None:
    form = Numbers({"day": typed, "count": "1", "share": "1"})

    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2026, 12, 15)


def test_numbers_bring_the_right_keys_on_a_phone() -> None:
    assert 'inputmode="numeric"' in Numbers()["count"].as_widget()
    assert 'inputmode="decimal"' in Numbers()["share"].as_widget()


def test_what_people_typed_comes_back_as_text() -> None:
    html = SampleForm({"title": "<b>Controles</b>"}).render()

    assert "<b>Controles" not in html
    assert "&lt;b&gt;Controles" in html


def test_a_clash_shows_both_texts_and_asks() -> None:
    template = Template('{% include "components/conflict.html" with form=form only %}')
    html = template.render(Context({"form": CLASH}))

    assert "Zes controles in oktober, samen met De Lijn." in html
    assert "Vijf controles in oktober." in html
    assert 'name="choose-done" value="mine" checked' in html
    assert 'name="choose-done" value="theirs"' in html


class Choosing(HouseForm):
    place = forms.ModelChoiceField(Municipality.objects.none(), label="Plaats")
    kind = forms.TypedChoiceField(
        choices=[("", "---------"), ("a", "Aap")], label="Soort", required=False
    )


@pytest.mark.django_db
def test_no_choice_is_said_in_words() -> None:
    drawn = str(Choosing())

    assert "Kies …" in drawn
    assert "Niet ingevuld" in drawn
    assert "---" not in drawn
