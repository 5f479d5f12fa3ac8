"""What every answer tells the browser about itself."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from core.middleware import security_headers


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def keep_a_day(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", headers={"Cache-Control": "max-age=86400"})


@pytest.fixture
def with_session(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.COOKIES["session"] = "abc"
    return request


def test_every_answer_stays_on_this_site(rf: RequestFactory) -> None:
    response = security_headers(answer)(rf.get("/"))

    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_what_a_session_saw_stays_out_of_every_cache(with_session: HttpRequest) -> None:
    assert security_headers(answer)(with_session)["Cache-Control"] == "no-store, private"


def test_a_page_that_decides_for_itself_keeps_its_caching(with_session: HttpRequest) -> None:
    assert security_headers(keep_a_day)(with_session)["Cache-Control"] == "max-age=86400"


def test_a_page_for_everybody_may_be_cached(rf: RequestFactory) -> None:
    assert "Cache-Control" not in security_headers(answer)(rf.get("/"))


@pytest.mark.django_db
def test_the_browser_is_told_to_trust_only_us(client: Client) -> None:
    response = client.get("/bestaat-niet/")

    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
