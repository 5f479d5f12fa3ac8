"""Text that nobody reads from the database alone: a data key per text, wrapped by a master key.

The master keys (`settings.NOTE_KEYS`, the newest first) stand outside the database. Who holds the
database has only ciphertext; who throws the wrapped data key away has made the text unreadable for
good. What a text is about is bound to it: ciphertext that was moved to another row does not open.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from core.sealing import LostKeyError

KEY_BYTES = 32
NONCE_BYTES = 12


class BadKeyError(ValueError):
    """A key in NOTE_KEYS is not 32 bytes in base64."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A text made unreadable, its data key made unreadable, and under which master key."""

    sealed: bytes
    wrapped_key: bytes
    key_name: str


def is_ready() -> bool:
    """Whether this installation has a key to seal with."""
    return bool(settings.NOTE_KEYS)


def seal(text: str, *, about: str) -> Envelope:
    """Close a text under a data key of its own; the same text twice gives two envelopes."""
    name, master = next(iter(_masters().items()), ("", b""))
    if not master:
        raise LostKeyError
    data_key = AESGCM.generate_key(KEY_BYTES * 8)
    return Envelope(
        sealed=_close(data_key, text.encode(), f"text {about}"),
        wrapped_key=_close(master, data_key, f"key {about}"),
        key_name=name,
    )


def unseal(envelope: Envelope, *, about: str) -> str:
    data_key = _data_key(envelope, about)
    return _open(data_key, envelope.sealed, f"text {about}").decode()


def rewrapped(envelope: Envelope, *, about: str) -> Envelope:
    """The same sealed text, its data key wrapped by the newest master key."""
    data_key = _data_key(envelope, about)
    name, master = next(iter(_masters().items()))
    return Envelope(envelope.sealed, _close(master, data_key, f"key {about}"), name)


def newest_key_name() -> str:
    return next(iter(_masters()), "")


def name_of(key: bytes) -> str:
    """What a master key is called in the database; it tells nothing about the key."""
    return hashlib.sha256(b"ivcentrum note key " + key).hexdigest()[:16]


def decoded(text: str) -> bytes:
    """A master key as it stands in the settings."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadKeyError from error
    if len(key) != KEY_BYTES:
        raise BadKeyError
    return key


def _masters() -> dict[str, bytes]:
    """By name, the newest first. Made anew each time: settings may change in tests."""
    keys = [decoded(text) for text in settings.NOTE_KEYS]
    return {name_of(key): key for key in keys}


def _data_key(envelope: Envelope, about: str) -> bytes:
    master = _masters().get(envelope.key_name)
    if master is None:
        raise LostKeyError
    return _open(master, envelope.wrapped_key, f"key {about}")


def _close(key: bytes, plain: bytes, about: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def _open(key: bytes, closed: bytes, about: str) -> bytes:
    try:
        return AESGCM(key).decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError) as error:  # touched, or not even long enough
        raise LostKeyError from error
