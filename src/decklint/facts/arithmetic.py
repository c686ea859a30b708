"""Arithmetic that is written out: expressions with their units and roundings, and equations that do not hold.

A result is called wrong only where no reading makes it right: rounded numbers, other units, `a / b × c` in either order.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator

from decklint.deck.textview import OPAQUE
from decklint.lang import HAN

_SCALES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3}
_SCALES |= {"k": 1e3, "m": 1e6, "g": 1e9, "b": 1e9, "t": 1e12, "%": 0.01, "％": 0.01}
NUMBER = (
    r"(?<![a-z\d_.])(?<!\d[,:])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|[.,:]\d)"
    r"(?:\s?(?:万亿|亿|万|%|％|(?:trillion|billion|million|thousand)\b)|[kmgbt](?![a-z\d]))?"
)
_UNIT = rf"(?:(?!\s?x\s?[\d(])\s?(?:°?[a-zµω]{{1,12}}\b|[{HAN}]{{1,3}}))?"
_SIGN = r"(?:[+*/×✕⋅·∙÷−]|(?<=\s)[-–](?=\s)|x(?=\s?[\d(]))"
_TERM = rf"(?>[(\s]{{0,8}}){NUMBER}[²³]?(?:\^\d\d?)?{_UNIT}(?>(?:\s?\)(?:\^\d\d?)?){{0,8}})\s?"
_EXPRESSION = re.compile(rf"(?>{_TERM}(?:{_SIGN}{_TERM})*)")
_TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<power>[²³]|\^\d+)|(?P<sign>{_SIGN}|[()])|(?P<unit>[^\W\d_]+|°)")
_EQUALS = re.compile(r"(?P<about>≈|~=|≃)|=(?![=>])\s?(?P<some>约|~)?")
_SPELT = {**dict.fromkeys("×✕⋅·∙x", "*"), "÷": "/", "−": "-", "–": "-", "²": "**2", "³": "**3"}
_LONGEST = 200  # characters of an expression
# Between units: scales, bits and bytes, clock and calendar.
_FACTORS = [a * 10.0**k for a in (1, 6, 7, 8, 1.2, 2.4, 3, 3.6, 3.65, 8.64) for k in range(-15, 16)]
_FACTORS += [1 / factor for factor in _FACTORS] + [1024.0**k for k in (-3, -2, -1, 1, 2, 3)]
_SCALED = re.compile("[a-zµω%％秒分时天周月年万亿节位米克]")  # what may be converted
_OPEN_BEFORE = re.compile(
    rf"[-+*/×✕⋅·∙÷−^√∑∏±<>≈~|!_°%“\"‘'「⌊⌈)\]}}{OPAQUE}]|\b(?:log|ln|lg|exp|sqrt|sin|cos|tan|max|min|relu)\d?$|[a-z\d]\($"
)
_OPEN_AFTER = re.compile(rf"[-–~+*/×✕⋅·∙÷−^(√?？±!_²³[{OPAQUE}]")


class Expression:
    """An expression: its parts as Python writes them, by how much each number may be off, its units."""

    def __init__(self, text: str) -> None:
        self.parts: list[str] = []
        self.slack: dict[int, float] = {}
        self.units: list[str] = []
        self.rounding = 0.0  # of the last number: a unit of the last digit that says something
        for match in _TOKEN.finditer(text):
            if match["number"]:
                self._number(match["number"])
            elif match["unit"]:
                self.units.append(match["unit"])
            else:
                token = match["power"] or match["sign"]
                self.parts.append(_SPELT.get(token, token.replace("^", "**")))
        surplus = self.parts.count("(") - self.parts.count(")")
        self.parts = self.parts[:surplus] if surplus < 0 else ["+"] * surplus + self.parts[surplus:]
        self.is_lone = sum(part not in "+()" for part in self.parts) == 1  # a number and nothing to calculate

    def _number(self, written: str) -> None:
        digits, unit = re.sub(r"[^\d.]", "", written), re.sub(r"[\d.,\s]", "", written)
        scale = _SCALES.get(unit, 1.0)
        whole, _, fraction = digits.partition(".")
        zeros = len(whole) - len(whole.rstrip("0"))
        digit = 0.1 ** len(fraction) if fraction else 10.0**zeros / 2 if zeros and unit not in "%％" else float(scale != 1)
        self.rounding = scale * digit
        if fraction or scale != 1:
            self.slack[len(self.parts)] = self.rounding
        self.parts.append(repr(float(digits) * scale))
        self.units += [unit] if unit else []

    def value(self, off: int = -1, *, tight: bool = False) -> float | None:
        """Its value, with one number off; `tight` reads `a / b × c` as `a / (b × c)`."""
        parts = [f"({part}+{self.slack[i]!r})" if i == off else part for i, part in enumerate(self.parts)]
        try:
            return _valued(ast.parse("".join(parts), mode="eval").body, tight)
        except (SyntaxError, ArithmeticError, ValueError):
            return None

    def tolerance(self, value: float) -> float:
        """By how much the value may be off because numbers in it are rounded."""
        off = sum(abs((self.value(i) or value) - value) for i in self.slack) / 2
        return self.rounding if self.is_lone else off + (0.01 * abs(value) if self.slack else 0)


def _valued(node: ast.expr, tight: bool) -> float:
    if isinstance(node, ast.Constant):
        return float(str(node.value))
    if isinstance(node, ast.UnaryOp):
        return _valued(node.operand, tight) * (-1 if isinstance(node.op, ast.USub) else 1)
    if not isinstance(node, ast.BinOp):
        raise SyntaxError
    left, right = _valued(node.left, tight), _valued(node.right, tight)
    if isinstance(node.op, (ast.Add, ast.Sub)):
        return left + right if isinstance(node.op, ast.Add) else left - right
    if isinstance(node.op, ast.Pow):
        return math.pow(left, right)
    divides = isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Div)
    return left * right if isinstance(node.op, ast.Mult) and not (tight and divides) else left / right


def equations(text: str) -> Iterator[tuple[int, int, int, float]]:
    """Where an expression begins, where a result stands that does not follow from it, and the right one."""
    for left in _EXPRESSION.finditer(text) if "=" in text or "≈" in text else ():
        sign = _EQUALS.match(text, left.end())
        right = _EXPRESSION.match(text, sign.end()) if sign else None
        if sign is None or right is None or max(len(left[0]), len(right[0])) > _LONGEST:
            continue
        before = text[max(0, left.start() - 8) : left.start()].rstrip()[-6:] + left[0][: left[0].startswith("(")]
        is_open = _OPEN_BEFORE.search(before[-6:]) or _OPEN_AFTER.match(text, right.end())
        sides = Expression(left[0]), Expression(right[0])
        value = None if is_open else _wrong(*sides, left[0] + right[0], bool(sign["about"] or sign["some"]))
        if value is not None:
            start = right.end() - len(right[0].lstrip(" ("))
            end = start + len(re.sub(rf"{_UNIT}[\s)]*$", "", text[start : right.end()]))
            yield left.end() - len(left[0].lstrip(" (")), start, end, value


def _wrong(left: Expression, right: Expression, written: str, about: bool) -> float | None:
    """The value of `left` where nothing makes `right` a right result."""
    value, stated = left.value(), right.value()
    words = [[unit for unit in side.units if unit not in _SCALES] for side in (left, right)]
    same = not words[0] or all(unit.startswith(tuple(words[0])) for unit in words[1])
    if value is None or stated is None or left.is_lone or not same:
        return None
    slack = left.tolerance(value) + right.tolerance(stated) + (0.1 * about + 1e-9) * abs(value) + (stated % 1 == 0 != value % 1)
    numbers = re.findall(r"[\d.]+", written)
    joined = float("".join(numbers[:-1])) if "." not in written else None
    if any(reading is not None and abs(reading - stated) <= slack for reading in (value, left.value(tight=True), joined)):
        return None
    factors = _FACTORS if _SCALED.search("".join(left.units + right.units)) else (1e3, 1e-3) if "," in written else ()
    if stated and any(abs(value / stated / factor - 1) < 0.01 for factor in factors if factor != 1):
        return None
    letters = {unit for unit in left.units if len(unit) == 1 and unit.isascii() and unit != "%"}  # scales, or variables
    uneven = set(left.parts) & set("+-") and len(left.units) not in (0, len(left.parts) // 2 + 1)
    if uneven or not letters <= set(right.units) or "e" in left.units:
        return None
    other = set("".join(numbers)) <= {"0", "1"} or (value - stated) % 256 == 0 or "^" in written
    return None if other or ("%" in written and re.search(r"[+−-]", written)) else value
