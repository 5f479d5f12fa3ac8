"""How well two colours are told apart, as WCAG measures it."""

from __future__ import annotations

WHITE, BLACK = "#ffffff", "#000000"
DARKEST = 0.04045  # up to here sRGB is a straight line
READABLE = 4.5  # WCAG 2.2 AA, 1.4.3: text on its ground


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: str) -> str:
    """White or black: whichever reads best on this colour."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (_linear(part) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    if part <= DARKEST:
        return part / 12.92
    lit: float = ((part + 0.055) / 1.055) ** 2.4
    return lit
