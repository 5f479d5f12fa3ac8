"""The small scripts of the house, tried on the page that shows every component."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

# A form that stays where it is, and counts how often it would have been sent.
COUNTING_FORM = """() => {
  const form = document.createElement("form");
  form.method = "post";
  form.id = "counting";
  form.innerHTML = "<button type='submit'>Versturen</button>";
  window.sendings = 0;
  form.addEventListener("submit", (event) => { event.preventDefault(); window.sendings += 1; });
  document.querySelector("main").append(form);
}"""


def style(visit: Open) -> Page:
    return visit("coordinator", "/stijl/")


def test_the_chosen_theme_is_there_on_the_next_page(visit: Open) -> None:
    page = style(visit)

    page.locator(".account").click()
    page.get_by_role("button", name="Donker").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/account/")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_text_that_was_not_sent_comes_back(visit: Open) -> None:
    page = style(visit)
    page.locator("#id_done").fill("Zes controles in oktober.")
    expect(page.locator("[data-draft-note]")).to_contain_text("Bewaard op dit toestel om")

    page.goto("/account/")
    page.goto("/stijl/")

    expect(page.locator("#id_done")).to_have_value("Zes controles in oktober.")
    expect(page.locator("form[data-draft] .notice")).to_contain_text("was nog niet verstuurd")


def test_text_that_came_back_can_be_thrown_away(visit: Open) -> None:
    page = style(visit)
    page.locator("#id_done").fill("Zes controles in oktober.")
    expect(page.locator("[data-draft-note]")).not_to_be_empty()
    page.reload()

    page.get_by_role("button", name="Gooi die tekst weg").click()
    page.reload()

    expect(page.locator("#id_done")).to_have_value("")


def test_signing_out_leaves_no_text_behind(visit: Open) -> None:
    page = style(visit)
    page.locator("#id_done").fill("Niet voor wie na mij komt.")
    expect(page.locator("[data-draft-note]")).not_to_be_empty()

    page.evaluate("document.querySelector('[data-forget-drafts]').dispatchEvent("
                  "new SubmitEvent('submit', {bubbles: true, cancelable: true}))")  # fmt: skip

    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")
    assert kept == []


def test_a_form_is_sent_once(visit: Open) -> None:
    page = style(visit)
    page.evaluate(COUNTING_FORM)

    page.locator("#counting button").dblclick()

    assert page.evaluate("window.sendings") == 1


def test_dragging_sends_the_new_order(visit: Open) -> None:
    page = style(visit)
    grips = page.locator("[data-grip]")
    grips.first.scroll_into_view_if_needed()
    start, end = grips.nth(0).bounding_box(), grips.nth(1).bounding_box()
    assert start is not None
    assert end is not None

    page.mouse.move(start["x"] + 5, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + end["height"] - 4, steps=6)
    page.mouse.up()

    page.wait_for_url("**/stijl/?order=2&order=1")


def test_the_arrows_do_the_same_by_keyboard(visit: Open) -> None:
    page = style(visit)

    page.get_by_role("button", name="A1.1.1 omlaag").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**move=1%3Adown**")


def test_choosing_all_rows_counts_them(visit: Open) -> None:
    page = style(visit)
    bar = page.locator(".bulk-bar")

    page.get_by_label("Kies alle rijen").check()
    expect(bar).to_contain_text("2 gekozen")
    page.get_by_label("Kies alle rijen").uncheck()

    expect(bar).to_be_hidden()


def test_an_answer_that_fails_says_so(visit: Open) -> None:
    page = style(visit)

    page.evaluate("htmx.ajax('GET', '/bestaat-niet/', {target: '#main'})")

    expect(page.locator(".toast")).to_contain_text("Dit bestaat niet meer")
    expect(page.locator("h1")).to_have_text("Stijl van het huis")


def test_a_file_that_is_too_large_does_not_leave(visit: Open, tmp_path: Path) -> None:
    page = style(visit)
    page.evaluate(COUNTING_FORM)
    page.locator("#id_attachment").evaluate(
        "(it) => document.querySelector('#counting').append(it)"
    )
    chosen = page.locator("#counting #id_attachment")
    heavy, light = tmp_path / "groot.pdf", tmp_path / "klein.pdf"
    with heavy.open("wb") as file:
        file.truncate(settings.UPLOAD_MAX_BYTES + 1)
    light.write_bytes(b"%PDF-1.7")

    chosen.set_input_files(heavy)
    assert "te groot. Het mag hoogstens" in chosen.evaluate("(it) => it.validationMessage")
    page.get_by_role("button", name="Versturen").click()
    assert page.evaluate("window.sendings") == 0

    chosen.set_input_files(light)
    page.get_by_role("button", name="Versturen").click()
    assert page.evaluate("window.sendings") == 1
