"""A token to sign in with, from the service that the mailbox names (OAuth 2, client credentials)."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import re
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.utils import timezone

from meldingen.incoming.trouble import ANSWER_SECONDS, CONNECT_SECONDS, ServerTroubleError
from meldingen.models import Trouble

if TYPE_CHECKING:
    from meldingen.models import InboundMailbox

MOST_BYTES = 64 * 1024
MARGIN = 120  # seconds before its end that a token is not used any more
SHORTEST, LONGEST = MARGIN + 60, 24 * 3600
TOKEN = re.compile(r"[\x21-\x7e]{1,16000}", re.ASCII)
REFUSALS = (400, 401, 403)


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    until: dt.datetime


def fetch(mailbox: InboundMailbox, secret: str) -> Token:
    """A new one, or why there is none. What the service says may hold the secret: it stays out."""
    asked = {"grant_type": "client_credentials", "client_id": mailbox.client_id,
             "client_secret": secret, "scope": mailbox.scope}  # fmt: skip
    try:
        status, told = _post(mailbox.token_url, urlencode(asked))
    except (OSError, http.client.HTTPException, ValueError):
        raise ServerTroubleError(Trouble.TOKEN) from None
    if status in REFUSALS:
        raise ServerTroubleError(Trouble.REFUSED)
    if status != http.client.OK:
        raise ServerTroubleError(Trouble.TOKEN)
    return _understood(told)


def _post(url: str, body: str) -> tuple[int, bytes]:
    """Nothing is followed: the secret goes to this address alone."""
    where = urlsplit(url)
    connection = _connection(where.scheme, where.hostname or "", where.port)
    try:
        connection.connect()
        connection.sock.settimeout(ANSWER_SECONDS)
        path = f"{where.path or '/'}{f'?{where.query}' if where.query else ''}"
        form = "application/x-www-form-urlencoded"
        connection.request("POST", path, body, {"Content-Type": form, "Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, _read(answer)
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> Any:
    """Certificates are always looked at; only a service on this machine may go without."""
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=CONNECT_SECONDS, context=context)
    return http.client.HTTPConnection(host, port, timeout=CONNECT_SECONDS)


def _read(answer: http.client.HTTPResponse) -> bytes:
    """Never more than we take, and never longer, drop by drop."""
    until, told = time.monotonic() + ANSWER_SECONDS, b""
    while part := answer.read1(MOST_BYTES):
        told += part
        if len(told) > MOST_BYTES or time.monotonic() > until:
            raise TimeoutError
    return told


def _understood(told: bytes) -> Token:
    try:
        found = json.loads(told)
        text, seconds = found["access_token"], int(found.get("expires_in") or SHORTEST)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise ServerTroubleError(Trouble.TOKEN) from None
    if not isinstance(text, str) or not TOKEN.fullmatch(text):
        raise ServerTroubleError(Trouble.TOKEN)
    lasts = min(max(seconds, SHORTEST), LONGEST) - MARGIN
    return Token(text, timezone.now() + dt.timedelta(seconds=lasts))
