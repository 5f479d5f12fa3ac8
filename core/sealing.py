"""Secrets that we must be able to read again, made unreadable in the database.

The key is made from SECRET_KEY, which stands outside the database; what was sealed under one of
SECRET_KEY_FALLBACKS still opens, until `renewed` has sealed it under the new key.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class LostKeyError(Exception):
    """This was sealed under a key that the installation no longer has."""


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise LostKeyError from error


def renewed(sealed: str) -> str:
    """The same secret, sealed under the key of today."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise LostKeyError from error


def _keys() -> MultiFernet:
    """The first one seals, all of them open. Made anew each time: settings may change in tests."""
    return MultiFernet(
        [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> Fernet:
    """A key of its own, so that it tells nothing about the one that signs sessions and links."""
    derived = salted_hmac("core.sealing", "fernet", secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(derived))
