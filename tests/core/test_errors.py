"""Each error has a page in the house's look that says, in Dutch, what to do now."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from core import views

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error


REASON = "Alleen de trekker mag deze actie bijwerken."


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(REASON)


def garble(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def swallow(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


@csrf_protect
def guard(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


for _view in (refuse, garble, swallow, break_down, guard):
    _view.login_required = False  # type: ignore[attr-defined]  # what @login_not_required sets

urlpatterns = [
    path("mag-niet/", refuse),
    path("rommel/", garble),
    path("te-groot/", swallow),
    path("stuk/", break_down),
    path("bewaakt/", guard),
    path("", include("ivcentrum.urls")),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "advice"),
    [
        ("/bestaat-niet/", 404, "vraag de coördinator om toegang"),
        ("/mag-niet/", 403, REASON),
        ("/rommel/", 400, "laad de pagina opnieuw"),
        ("/te-groot/", 413, "Kies een kleiner bestand"),
        ("/stuk/", 500, "verwittig dan de functioneel beheerder"),
    ],
)
def test_it_says_what_to_do_now(visitor: Client, address: str, status: int, advice: str) -> None:
    response = visitor.get(address)

    assert response.status_code == status
    assert advice in response.content.decode()
    assert "css/tokens.css" in response.content.decode()


@pytest.mark.django_db
def test_too_many_requests_asks_for_patience(rf: RequestFactory) -> None:
    response = views.too_many(rf.get("/"))

    assert response.status_code == 429
    assert "Wacht enkele minuten" in response.content.decode()


def test_a_breakdown_needs_no_database(visitor: Client) -> None:
    assert "Er ging iets mis bij ons" in views.server_error(HttpRequest()).content.decode()


@pytest.mark.django_db
def test_an_old_form_says_that_the_text_is_kept() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/bewaakt/", {}, headers={"referer": "http://testserver/acties/A-01/"})

    assert response.status_code == 403
    assert "Je tekst is niet weg." in response.content.decode()
    assert 'href="http://testserver/acties/A-01/"' in response.content.decode()


@pytest.mark.django_db
def test_an_old_form_never_leads_to_another_site() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/bewaakt/", {}, headers={"referer": "https://elders.example/"})

    assert "elders.example" not in response.content.decode()


@pytest.mark.django_db
@override_settings(UPLOAD_MAX_BYTES=10, DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_a_large_body_is_refused_before_it_is_read(visitor: Client) -> None:
    response = visitor.post("/bewaakt/", "x" * 21, content_type="text/plain")

    assert response.status_code == 413
    assert "Dit is te groot om te versturen" in response.content.decode()


@pytest.mark.django_db
@override_settings(UPLOAD_MAX_BYTES=10, DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_a_body_of_the_largest_size_passes(visitor: Client) -> None:
    assert visitor.post("/bewaakt/", "x" * 20, content_type="text/plain").status_code == 200
