"""Where a request comes from, as a mark: for what one address may do in a day, never to know it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

HOUSE = 64  # bits: who has one IPv6 address has all of these


def network_of(request: HttpRequest) -> str:
    address = get_adapter().get_client_ip(request)
    return salted_hmac("meldingen.network", _of_one_house(address), algorithm="sha256").hexdigest()


def _of_one_house(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - its name
        return str(found)
    return str(ipaddress.ip_network((found, HOUSE), strict=False))
