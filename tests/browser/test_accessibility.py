"""No page of any role has an accessibility fault, on a desk or a phone, light or dark."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.crawl import OWN, Found, crawl, name_of
from tests.browser.house import ROOT, House

# One demo user for each of the eleven roles.
PEOPLE = (
    "coordinator", "beheer", "civ", "gw3", "gw1", "wijk.noord", "korpschef", "schepen.iv",
    "tech", "partner.wonen", "raadslid",
)  # fmt: skip
OPEN_PAGES = ("/aanmelden/", "/wachtwoord-vergeten/", "/bestaat-niet/")
# What an address has shown already, whoever saw it; the frame around it is looked at once per role.
SEEN: defaultdict[str, set[str]] = defaultdict(set)
# The makes of elements, each in its place, of which the colours were looked at.
COLOURED: set[str] = set()
# The makes of what a phone shows, hides or scrolls, that were looked at on a phone.
ON_A_PHONE: set[str] = set()
FAULTS_ONLY = {"resultTypes": ["violations"], "preload": False}
# Colours cost more than all other rules together: they are looked at apart, where they are new.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
COLOURS = FAULTS_ONLY | {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
ALL_ELSE = FAULTS_ONLY | {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
# Of rows, cards and paragraphs of one make beside each other the first six tell. Marks what is
# seen of them, to know what a phone shows otherwise.
SHORTEN = """() => {
  document.querySelectorAll("main *").forEach((parent) => {
    const seen = {};
    for (const child of [...parent.children]) {
      const make = child.tagName + child.className;
      seen[make] = (seen[make] || 0) + 1;
      const alike = child.matches("tr, li, p, article, section, details, :not(form *) > div");
      if (alike && seen[make] > 6) child.remove();
    }
  });
  window.shown = new Set(
    [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()));
}"""
# The attributes by which a style sheet tells elements apart, and whether it asks what they say;
# those of a drawing colour by themselves, and a browser has colours of its own for some.
SHEETS = "".join(sheet.read_text() for sheet in (ROOT / "static").rglob("*.css"))
DRAWN = ("class", "style", "type", "fill", "stroke", "fill-opacity", "opacity", "font-size",
         "font-weight")  # fmt: skip
TELLING = (
    dict.fromkeys(("disabled", "hidden", "open", "checked", "multiple", "popover"), "")
    | dict(sorted(re.findall(r"\[([a-z-]+)(?:[~|^$*]?(=))?", SHEETS)))
    | dict.fromkeys(DRAWN, "=")
    | {"rows": ""}  # how big, not of what colour
)
# What says something is coloured by its make, by what it stands in, and by whether it is the first
# there or chosen. Takes away what was in the same place before, on this page or an earlier one, and
# gives the makes that are new, as numbers.
NEW_COLOURS = """([known, telling, own]) => {
  const earlier = new Set(known.split(" ")), fresh = new Set(), gone = [], rows = new RegExp(`^(?:${own})$`);
  const says = (element) => element.matches("input:not([type=hidden]), select, textarea")
    || [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim());
  const make = (element) => element.tagName + element.matches(":first-child")
    + element.matches(":has(> :checked)") + [...element.attributes]
    .filter((one) => one.name in telling && !rows.test(one.name))
    .map((one) => ` ${one.name}${telling[one.name] && one.value}`).join("");
  const mix = ([one, two], text) => {
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 16777619);
      two = Math.imul(two + text.charCodeAt(at), 1540483477) ^ (two >>> 15);
    }
    return [one, two];
  };
  const isKnown = (element, above) => {
    const path = mix(above, make(element)), name = path.join();
    let all = !says(element) || earlier.has(name) || fresh.has(name);
    if (!all) fresh.add(name);
    for (const child of element.children)
      if (isKnown(child, path)) gone.push(child); else all = false;
    return all;
  };
  isKnown(document.body, [0, 0]);
  gone.forEach((one) => one.remove());  // not sooner: who is first counts
  return [...fresh].join(" ");
}"""
# A phone has the same page with some of it shown or hidden, and some that scrolls: gives how wide
# it is there, and the makes of what is otherwise.
OTHERWISE = """(own) => {
  const tells = new RegExp(`^(?!(?:${own})$)`), otherwise = new Set();
  const scrolls = (one) => one.scrollWidth > one.clientWidth
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  for (const one of document.querySelectorAll("body *")) {
    const is = one.checkVisibility(), moves = is && scrolls(one);
    if (is === window.shown.has(one) && !moves) continue;
    otherwise.add(`${is}${moves}${one.tagName}` + [...one.attributes]
      .filter((a) => tells.test(a.name)).map((a) => ` ${a.name}=${a.value}`).join(""));
  }
  return [document.documentElement.scrollWidth, [...otherwise]];
}"""
# A colour that is still changing is no fault. What lies in a closed part of the page keeps its
# transition waiting, and nobody sees it.
FAULTS = """async (options) => {
  const changes = (one) => one instanceof CSSTransition && one.effect.target.checkVisibility();
  while (document.getAnimations().some(changes)) await new Promise((go) => setTimeout(go, 50));
  const found = (await axe.run(options)).violations;
  return [matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light", found];
}"""
# Readable on a dark page alone.
FAINT = """() => {
  const text = document.createElement("p");
  text.textContent = "Dit leest niemand.";
  text.style.color = "rgb(200, 200, 200)";
  document.querySelector("main").prepend(text);
}"""
# The same place, empty on the first page; and a link in a text that only its hue tells.
EMPTY = """() => {
  const text = document.createElement("p");
  text.className = "faint";
  text.style.color = "rgb(200, 200, 200)";
  document.querySelector("main").prepend(text);
}"""
FILLED = """() => { document.querySelector(".faint").textContent = "Dit leest niemand." }"""
HUE = """() => {
  const text = document.createElement("p"), link = document.createElement("a");
  link.href = "/";
  link.textContent = "dit";
  link.style.textDecoration = "none";
  link.style.color = "rgb(60, 0, 0)";
  text.style.color = "rgb(0, 0, 0)";
  text.append("Lees ", link, " eerst.");
  document.querySelector("main").prepend(text);
}"""
# Alike, and coloured by their place or by what is chosen in them.
ALIKE = """(faint) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${faint} { color: rgb(200, 200, 200) }`);
  document.adoptedStyleSheets = [sheet];
  const pair = document.createElement("div");
  pair.className = "pair";
  pair.innerHTML = "<p>Eerst.</p><p>Daarna.</p><label><input type=radio name=one>Een</label>"
    + "<label><input type=radio name=one checked>Twee</label>";
  document.querySelector("main").prepend(pair);
}"""
# A button without a name that only a phone shows, and a strip that scrolls there and has no focus.
NAMELESS = """() => {
  const box = document.createElement("div");
  box.className = "only-phone";
  box.append(document.createElement("button"));
  document.querySelector("main").prepend(box);
}"""
STRIP = """() => {
  const box = document.createElement("div");
  box.style.overflowX = "auto";
  box.style.whiteSpace = "nowrap";
  box.textContent = "Wie geen muis heeft, ziet het einde niet van deze lange regel op een telefoon.";
  document.querySelector("main").prepend(box);
}"""


@pytest.fixture(scope="module", autouse=True)
def nothing_seen_yet() -> None:
    SEEN.clear()
    COLOURED.clear()
    ON_A_PHONE.clear()


def faults(page: Page, options: dict[str, Any]) -> Iterator[str]:
    scheme, found = page.evaluate(FAULTS, options)
    for fault in found:
        where = f"{page.viewport_size['width']} {scheme}" if page.viewport_size else scheme
        yield f"{where} {fault['id']}: {json.dumps(fault['nodes'][0]['html'])[:300]}"


@pytest.fixture
def look_at(visit: Open) -> Open:
    """Open a page that carries axe with it wherever it goes."""

    def open_page(username: str = "") -> Page:
        page = visit(username, reduced_motion="reduce")
        page.add_init_script(AXE_SCRIPT)
        return page

    return open_page


def look(page: Page) -> list[str]:
    """Look at the open page in its four appearances."""
    page.evaluate(SHORTEN)
    wrong = list(faults(page, ALL_ELSE))
    page.set_viewport_size(PHONE)
    wide, otherwise = page.evaluate(OTHERWISE, OWN)
    if wide > PHONE["width"]:
        wrong.append(f"the page is {wide} wide on a phone")
    if new := {*otherwise} - ON_A_PHONE:
        ON_A_PHONE.update(new)
        wrong += faults(page, ALL_ELSE)
    # As one text: a browser takes long to read thousands.
    if new := page.evaluate(NEW_COLOURS, [" ".join(COLOURED), TELLING, OWN]):
        COLOURED.update(new.split())
        wrong += faults(page, COLOURS)
        page.emulate_media(color_scheme="dark")
        wrong += faults(page, COLOURS)
        page.set_viewport_size(DESK)
        wrong += faults(page, COLOURS)
        page.emulate_media(color_scheme="light")
        wrong += faults(page, COLOURS)
    page.set_viewport_size(DESK)
    return wrong


def opened_by(page: Page, path: str) -> tuple[int, str, bytes] | None:
    """What the browser was answered; nothing where that was a file to keep."""
    try:
        answer = page.goto(path)
    except Error:  # a download leaves the page where it was
        return None
    if answer is None:
        return None
    kind = (answer.header_value("content-type") or "").partition(";")[0]
    return answer.status, kind, answer.body()


def fresh(found: Found) -> bool:
    new = found.looks - SEEN[found.name]
    SEEN[found.name] |= found.looks
    return bool(new) or found.name == "home"


@pytest.mark.parametrize("username", PEOPLE)
def test_no_page_has_a_fault_for(username: str, house: House, look_at: Open) -> None:
    page, visitor, wrong = look_at(username), house.visitor(username), {}
    opened = ""

    def read(path: str) -> tuple[int, str, bytes]:
        """Asked once: by the browser what is new for sure, and is looked at as soon as it is read."""
        nonlocal opened
        if name_of(path) not in SEEN and (answer := opened_by(page, path)):
            opened = path
            return answer
        return visitor.get(path)

    for found in filter(fresh, crawl(username, read)):
        if opened != found.path:
            page.goto(found.path)
        if seen := look(page):
            wrong[f"{found.name} {found.path}"] = seen
    assert wrong == {}


def test_a_faint_text_is_found_where_it_is_new(look_at: Open) -> None:
    """Once: the same make in the same place is not looked at again."""
    page = look_at("coordinator")
    for times in (1, 0):
        page.goto("/stijl/")
        page.evaluate(FAINT)
        found = [fault for fault in look(page) if "color-contrast" in fault]
        assert [fault[:9] for fault in found] == times * ["390 light", "1440 ligh"]


def test_a_place_that_was_empty_is_new_when_it_says_something(look_at: Open) -> None:
    page = look_at("coordinator")
    page.goto("/stijl/")
    page.evaluate(EMPTY)
    assert look(page) == []
    page.goto("/stijl/")
    page.evaluate(EMPTY)
    page.evaluate(FILLED)
    assert [found.split(":")[0] for found in look(page)] == [
        "390 light color-contrast", "1440 light color-contrast",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "faint", [".pair > p:first-child", ".pair > p:not(:first-child)", ".pair > :has(:checked)"]
)
def test_of_what_is_alike_each_colour_is_looked_at(look_at: Open, faint: str) -> None:
    COLOURED.clear()
    page = look_at("coordinator")
    page.goto("/stijl/")
    page.evaluate(ALIKE, faint)
    assert [found.split(":")[0] for found in look(page)] == [
        "390 light color-contrast", "1440 light color-contrast",
    ]  # fmt: skip


def test_a_link_that_only_its_hue_tells_is_found(look_at: Open) -> None:
    page = look_at("coordinator")
    page.goto("/stijl/")
    page.evaluate(HUE)
    found = {fault.split(":")[0] for fault in look(page)}
    assert {"390 light link-in-text-block", "1440 light link-in-text-block"} <= found


@pytest.mark.parametrize(
    ("fault", "rule"), [(NAMELESS, "button-name"), (STRIP, "scrollable-region-focusable")]
)
def test_a_fault_of_a_phone_alone_is_found(look_at: Open, fault: str, rule: str) -> None:
    page = look_at("coordinator")
    page.goto("/stijl/")
    page.evaluate(fault)
    assert [found.split(":")[0] for found in look(page)] == [f"390 light {rule}"]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_no_open_page_has_a_fault(path: str, look_at: Open) -> None:
    page = look_at()
    page.goto(path)
    assert look(page) == []
