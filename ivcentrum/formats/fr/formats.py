"""As in Dutch: ISO first for the date picker, then what people type."""

from ivcentrum.formats.nl.formats import DATE_INPUT_FORMATS

__all__ = ["DATE_INPUT_FORMATS"]
