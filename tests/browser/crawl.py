"""Every page that a person can reach by links, one or a few of each address."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

Read = Callable[[str], tuple[int, str, bytes]]  # status, kind and body of a page
LINK = re.compile(r'(?:href|hx-get|action)="([^"#]+)"')
SENT = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')  # leads to no page that can be asked
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TAG = re.compile(r"<([a-z][^>]*)>")
# The attributes that differ from row to row without another look.
OWN = (
    r"id|for|href|value|action|name|src|d|[xy][12]?|width|height|points|transform"
    r"|aria-(?:label|labelledby|describedby)|hx-[a-z-]+|title|datetime"
)
OWN_IN_TAG = re.compile(rf' (?:{OWN})="[^"]*"')
# Pages that differ much from one to the next are looked at more often.
NO_PAGE = 5  # an address that gave so many sheets or refusals is not asked again
EXAMPLES = Counter(
    {
        "plans:action": 3,
        "plans:domain": 2,
        "reports:detail": 2,
        "plans:actions": 2,
        "partners:note": 2,
    }
)


@dataclass(frozen=True)
class Found:
    username: str
    name: str  # of the address
    path: str
    looks: frozenset[str]  # the makes of its elements


def crawl(username: str, read: Read, starts: tuple[str, ...] = ("/",)) -> Iterator[Found]:
    """Walk from the home page along the links, and give each HTML page as soon as it was read."""
    waiting, known, counts, others = deque(starts), set(starts), Counter[str](), Counter[str]()
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if name is None or counts[name] >= max(1, EXAMPLES[name]) or others[name] >= NO_PAGE:
            continue
        status, kind, body = read(path)
        if status != 200 or kind != "text/html":
            others[name] += 1
            continue
        text = body.decode()
        if "<!doctype html>" not in text[:20].lower():
            continue  # a part that belongs in another page
        counts[name] += 1
        yield Found(username, name, path, looks_of(text))
        for link in links(path, text):
            if link not in known:
                known.add(link)
                waiting.append(link)


def name_of(path: str) -> str | None:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def links(path: str, text: str) -> Iterator[str]:
    for found in LINK.findall(SENT.sub("", text)):
        whole = urljoin(path, html.unescape(found))
        if whole.startswith("/") and not whole.startswith(("//", "/static", "/afmelden")):
            yield whole


def looks_of(text: str) -> frozenset[str]:
    """The kinds of elements in a page: a second page with none of its own shows nothing new."""
    main = MAIN.search(text)
    return frozenset(OWN_IN_TAG.sub("", tag) for tag in TAG.findall(main.group() if main else text))
