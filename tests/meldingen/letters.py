"""Mails as people, machines and vandals send them."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import Any

from PIL import Image

SENDER = "Mia Peeters <mia@burger.example>"


def letter(text: str = "De glasbol is vol.", **headers: str) -> EmailMessage:
    """A plain mail of a citizen; a header is named with underscores."""
    message = EmailMessage()
    told = {"From": SENDER, "To": "meldpunt@zandrode.example", "Subject": "Glasbol vol",
            "Date": "Sun, 22 Nov 2026 10:00:00 +0100", "Message-ID": "<1@burger.example>"}  # fmt: skip
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in told.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message


def raw(text: str = "De glasbol is vol.", **headers: str) -> bytes:
    return letter(text, **headers).as_bytes()


def photo(colour: str = "red") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(target, "JPEG")
    return target.getvalue()


def with_file(content: bytes, name: str, kind: str = "image/jpeg", **headers: str) -> bytes:
    message = letter(**headers)
    main, sub = kind.split("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def bounce(of: str, address: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What a mail server sends back."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mail.example
To: noreply@ivcentrum.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-{status}@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain

This is the mail system.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--grens
Content-Type: message/rfc822

Message-ID: <{of}>
From: noreply@ivcentrum.example
To: {address}
Subject: IV-centrum

Tekst

--grens--
""".encode()


def nested(depth: int) -> bytes:
    """Parts in parts in parts."""
    head = b"From: a@b.example\nSubject: diep\nMIME-Version: 1.0\n"
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return head + opened + b"Content-Type: text/plain\n\ndiep\n"


HORRORS: dict[str, Any] = {
    "an unknown charset": b"From: a@b.example\nContent-Type: text/plain; charset=x-unknown\n\nh\xe9",
    "a slow charset": b"From: a@b.example\nContent-Type: text/plain; charset=punycode\n\n"
    + b"a" * 100_000,
    "no text codec": b"From: a@b.example\nContent-Type: text/plain; charset=base64\n\nhallo",
    "broken base64": b"From: a@b.example\nContent-Transfer-Encoding: base64\n\n!!!aGFsbG8",
    "an unknown encoding": b"From: a@b.example\nContent-Transfer-Encoding: x-zip\n\nhallo",
    "NUL everywhere": b"From: a@b.example\nSubject: a\x00b\n\ntekst\x00 met nul",
    "bidi marks": "From: a@b.example\nSubject: =?utf-8?q?a=E2=80=AEb?=\n\nx\u202ey".encode(),
    "lone surrogates": b"From: a@b.example\nSubject: =?utf-8?q?a=ED=A0=80b?=\n\n\xed\xa0\x80 hallo",
    "a broken subject": b"From: a@b.example\nSubject: =?utf-8?b?!!!?= =?x?y?z?=\n\nhallo",
    "raw bytes in headers": b"From: J\xe9r\xf4me <a@b.example>\nSubject: \xff\xfe\n\nhallo",
    "no sender": b"Subject: zonder\n\nhallo",
    "a senseless sender": b"From: =?utf-8?q?=00?= <<>>,,;:@\nSubject: x\n\nhallo",
    "two senders": b"From: a@b.example, c@d.example\nFrom: e@f.example\n\nhallo",
    "a very long subject": b"From: a@b.example\nSubject: " + b"x" * 50_000 + b"\n\nhallo",
    "no boundary": b"From: a@b.example\nContent-Type: multipart/mixed\n\nhallo",
    "an open boundary": b"From: a@b.example\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nhallo",
    "a report of nothing": b"From: a@b.example\nContent-Type: multipart/report; boundary=q\n\n--q\n"
    b"Content-Type: message/delivery-status\n\n\n--q--",
    "a name in three ways": b"From: a@b.example\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\n"
    b"hallo\n--q\nContent-Type: image/png; name*0*=utf-8''%E2%82%AC%; name*1=rates\n"
    b"Content-Disposition: attachment; filename*=onbekend'nl'%FF%00%.png\n\nxx\n--q--",
    "a path as name": b'From: a@b.example\nContent-Type: image/png; name="../../../etc/passwd"\n\nxx',
    "only HTML that lies": b"From: a@b.example\nContent-Type: text/html\n\n<script>alert(1)</script>"
    b"<img src=http://spion.example/x.png><p>echt<style>p{}</style>&#0;&#xD800;&lt;b&gt;",
    "nothing at all": b"",
    "only NUL": b"\x00" * 1000,
    "UTF-16": b"From: a@b.example\nContent-Type: text/plain; charset=utf-16\n\n"
    + "dag".encode("utf-16"),
    "an odd date": b"From: a@b.example\nDate: 99 Foo 99999999 99:99\n\nhallo",
}
