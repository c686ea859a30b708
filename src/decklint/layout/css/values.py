"""Lengths of style sheets: read once, and brought to pixels when font size and container are known.

Sources: CSS Values and Units Level 4; Marpit 3.2 `postcss/root/rem.js` (`rem` is the font size as written on the slide).
"""

from __future__ import annotations

import re
from functools import lru_cache

from decklint.records import dataclass, field

_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
_OF_FONT = {"em": 1.0, "ch": 0.5, "ex": 0.5, "ic": 1.0}
"""`ch` and `ex` as a browser takes them where it does not know the font."""
_OF_SLIDE = {
    "cqw": (0.01, 0.0),
    "cqi": (0.01, 0.0),
    "cqh": (0.0, 0.01),
    "cqb": (0.0, 0.01),
    "vw": (0.01, 0.0),
    "vi": (0.01, 0.0),
    "dvw": (0.01, 0.0),
    "svw": (0.01, 0.0),
    "lvw": (0.01, 0.0),
    "vh": (0.0, 0.01),
    "vb": (0.0, 0.01),
    "dvh": (0.0, 0.01),
    "svh": (0.0, 0.01),
    "lvh": (0.0, 0.01),
}
_TOKEN = re.compile(r"\s*(?:([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|[a-z]+)?|(calc|min|max|clamp)\(|([-+*/(),]))")
_DEEPEST = 16
_MOST = 33_554_432.0
"""Pixels; browsers hold no greater length."""
_DEFAULT_ROOT = 16.0  # pixels: what browsers start with


@dataclass(frozen=True, slots=True)
class Length:
    """A sum of lengths by unit, or the least or greatest of some (`min()`, `max()`, `clamp()`)."""

    parts: tuple[tuple[str, float], ...] = ()
    """Unit and amount; the empty unit is a plain number."""
    choose: str = ""
    among: tuple[Length, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether no unit is in it."""
        return not self.choose and all(not unit for unit, _ in self.parts)

    @property
    def number(self) -> float:
        """The amount of a plain number."""
        return sum(amount for _, amount in self.parts)

    def uses(self, unit: str) -> bool:
        """Whether a unit occurs in it."""
        return any(own == unit for own, _ in self.parts) or any(part.uses(unit) for part in self.among)


@dataclass(slots=True)
class Scale:
    """What relative units are relative to, in pixels."""

    em: float
    slide: tuple[float, float]
    """Width and height of the box that `cqw` and, in a PDF, `vw` are measured by."""
    root: Length | None = None
    """The slide's font size as written, which stands for `rem`."""
    doubts: set[str] = field(default_factory=set)
    """Units that were met and whose size depends on the window."""

    def pixels(self, length: Length, base: float = 0.0) -> float:
        """A length in pixels; per cent are of `base`."""
        if len(length.parts) == 1 and not length.choose:
            unit, amount = length.parts[0]
            total = amount * self._unit(unit, base) if amount else 0.0
        else:
            total = self._sum(length, base)
        return max(-_MOST, min(_MOST, total)) if total == total else 0.0  # not a number: nothing

    def _sum(self, length: Length, base: float) -> float:
        if length.choose:
            amounts = [self.pixels(part, base) for part in length.among]
            if length.choose == "clamp":
                return max(amounts[0], min(amounts[1], amounts[2]))
            return min(amounts) if length.choose == "min" else max(amounts)
        total = 0.0
        for unit, amount in length.parts:
            total += amount * self._unit(unit, base) if amount else 0.0
        return total

    def _unit(self, unit: str, base: float) -> float:
        if unit in _PIXELS:
            return _PIXELS[unit]
        if unit in _OF_FONT:
            return _OF_FONT[unit] * self.em
        if unit == "%":
            return base / 100
        if unit == "rem":
            if self.root is None:
                return _DEFAULT_ROOT
            return self.pixels(self.root, base)
        if unit in _OF_SLIDE:
            if "v" in unit:
                self.doubts.add(unit)
            across, down = _OF_SLIDE[unit]
            return across * self.slide[0] + down * self.slide[1]
        return 1.0


@lru_cache(maxsize=4096)
def read_length(text: str) -> Length | None:
    """A length, percentage or number in lower case; None where it is none."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            if text[at:].strip():
                return None
            break
        number, unit, function, sign = match.groups()
        if number is not None:
            if unit and unit not in _PIXELS and unit not in _OF_FONT and unit not in _OF_SLIDE and unit not in ("%", "rem"):
                return None
            tokens.append((number, unit or ""))
        else:
            tokens.append((function or sign, "("))
        at = match.end()
    if not tokens or len(tokens) > 200:
        return None
    reader = _Reader(tokens)
    try:
        found = reader.simple()
    except (IndexError, ValueError, ZeroDivisionError, OverflowError, RecursionError):
        return None
    return found if reader.at == len(tokens) else None


class _Reader:
    """Reads sums and products; any error of the text ends as an exception."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def simple(self) -> Length:
        word, unit = self.tokens[self.at]
        self.at += 1
        if unit != "(":
            return Length(((unit, float(word)),))
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError("too deep")
        if word in ("calc", "("):
            found = self._sum()
        elif word in ("min", "max", "clamp"):
            among = [self._sum()]
            while self._take(","):
                among.append(self._sum())
            if word == "clamp" and len(among) != 3:
                raise ValueError("clamp")
            found = Length(choose=word, among=tuple(among))
        else:
            raise ValueError(word)
        if not self._take(")"):
            raise ValueError("unclosed")
        self.depth -= 1
        return found

    def _sum(self) -> Length:
        total = self._product()
        while self.at < len(self.tokens):
            word, unit = self.tokens[self.at]
            if unit == "(" and word in "+-":
                self.at += 1
                total = _added(total, self._product(), -1.0 if word == "-" else 1.0)
            elif unit != "(" and word[0] in "+-":  # the sign was read as the number's own
                total = _added(total, self._product(), 1.0)
            else:
                break
        return total

    def _product(self) -> Length:
        total = self.simple()
        while self.at < len(self.tokens) and self.tokens[self.at] in (("*", "("), ("/", "(")):
            word = self.tokens[self.at][0]
            self.at += 1
            other = self.simple()
            if word == "*" and total.is_number:
                total, other = other, total
            if not other.is_number:
                raise ValueError("units multiplied")
            total = _scaled(total, other.number if word == "*" else 1 / other.number)
        return total

    def _take(self, sign: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == (sign, "("):
            self.at += 1
            return True
        return False


def _scaled(length: Length, by: float) -> Length:
    if length.choose:
        if by < 0:
            raise ValueError("order would turn")
        return Length(choose=length.choose, among=tuple(_scaled(part, by) for part in length.among))
    return Length(tuple((unit, amount * by) for unit, amount in length.parts))


def _added(one: Length, other: Length, by: float) -> Length:
    if one.choose and other.choose:
        raise ValueError("two choices")
    if one.choose:
        return Length(choose=one.choose, among=tuple(_added(part, other, by) for part in one.among))
    if other.choose:
        if by < 0:
            raise ValueError("order would turn")
        return Length(choose=other.choose, among=tuple(_added(one, part, 1.0) for part in other.among))
    return Length((*one.parts, *((unit, amount * by) for unit, amount in other.parts)))
