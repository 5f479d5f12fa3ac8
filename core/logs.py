"""What no log may hold: the secret in an address is worth as much as a password."""

from __future__ import annotations

import logging
import re

# The last part of these addresses opens something for whoever has it.
SECRET = re.compile(
    r"(/(?:antwoord|uitnodiging|opgelost|vraag|wachtwoord-vergeten|agenda)/)[^/\s?\"']{20,}"
)


def masked(text: str) -> str:
    """The same words, with dots where a secret stood."""
    return SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    """Django names the address of each page that was refused; this takes the secret out of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (quiet := masked(said)) != said:
            record.msg, record.args = quiet, ()
        return True
