"""Colours of style sheets and their contrast, by WCAG 2.1.

Sources: WCAG 2.1, definitions of "relative luminance" and "contrast ratio"; CSS Color Level 4, as tinycss2 reads it.
"""

from __future__ import annotations

from typing import NamedTuple

from tinycss2.color4 import parse_color

_LUMINANCE = (0.2126, 0.7152, 0.0722)


class Colour(NamedTuple):
    """A colour of the screen, each part from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


BLACK = Colour(0, 0, 0)
WHITE = Colour(1, 1, 1)


def read_colour(value: str) -> Colour | None:
    """The colour that a value names: a word, `#…`, `rgb()`, `hsl()` or `hwb()`; None for anything else."""
    found = parse_color(value)
    if found is None or isinstance(found, str) or found.space not in ("srgb", "hsl", "hwb"):
        return None
    return Colour(*(min(1.0, max(0.0, part)) for part in found.to("srgb")))


def over(front: Colour, back: Colour) -> Colour:
    """What is seen where a translucent colour lies on an opaque one."""
    mixed = (part * front.alpha + behind * (1 - front.alpha) for part, behind in zip(front[:3], back[:3], strict=True))
    return Colour(*mixed)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours, from 1 (none) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    return sum(weight * _linear(part) for weight, part in zip(_LUMINANCE, colour[:3], strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
