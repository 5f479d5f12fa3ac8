"""One text, as plain mail and as HTML."""

from __future__ import annotations

from django.utils.safestring import mark_safe

from core.letters import Block, Link, Value, html, plain

TEXT = "Dag {naam}\n\nKijk naar {wat} & antwoord:\n\n{link}\n\n{lijst}"
VALUES: dict[str, Value] = {
    "naam": "",
    "wat": "<b>fout</b>",
    "link": Link("https://iv.example/a?b=1&c=2", "Antwoord"),
    "lijst": Block("- een\n- twee", mark_safe("<ul><li>een</li></ul>")),
}


def test_plain_text_has_the_address_and_no_empty_ends() -> None:
    assert plain(TEXT, VALUES) == (
        "Dag\n\nKijk naar <b>fout</b> & antwoord:\n\nhttps://iv.example/a?b=1&c=2\n\n- een\n- twee"
    )


def test_html_escapes_what_people_typed_and_makes_a_button_of_a_lone_link() -> None:
    drawn = html(TEXT, VALUES)

    assert "<p>Dag</p>" in drawn.replace("Dag </p>", "Dag</p>")
    assert "&lt;b&gt;fout&lt;/b&gt; &amp; antwoord:" in drawn
    assert '<a class="button" href="https://iv.example/a?b=1&amp;c=2">Antwoord</a>' in drawn
    assert "<ul><li>een</li></ul>" in drawn


def test_a_link_inside_a_sentence_stays_inside_it() -> None:
    drawn = html("Volg {link} verder.", VALUES)

    assert drawn == '<p>Volg <a href="https://iv.example/a?b=1&amp;c=2">Antwoord</a> verder.</p>'


def test_addresses_that_people_typed_can_be_followed_and_scripts_cannot() -> None:
    drawn = html("Zie https://zandrode.example/x en {wat}.", {"wat": "javascript:alert(1)"})

    assert 'href="https://zandrode.example/x"' in drawn
    assert "javascript:alert(1)" in drawn
    assert 'href="javascript' not in drawn


def test_a_text_of_several_paragraphs_fills_in_as_paragraphs() -> None:
    assert html("{tekst}", {"tekst": "Eén.\n\nTwee.\nDrie."}) == "<p>Eén.</p><p>Twee.<br>Drie.</p>"


def test_a_value_is_no_text_with_words_of_its_own() -> None:
    values: dict[str, Value] = {"naam": "{link}", "link": Link("https://iv.example/", "Open")}

    assert plain("{naam}", values) == "{link}"
    assert html("{naam}", values) == "<p>{link}</p>"
