"""Commands of TeX that put their arguments together: fractions, roots, fences, marks above and below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from decklint.layout.formulas.formula import BIN, INNER, REL, RULE, Box, fence, fenced, fraction, root, stacked

if TYPE_CHECKING:
    from decklint.layout.formulas.tex import Reader


def _left(reader: Reader) -> Box:
    left = reader.sign()
    inner = reader.row(())
    while reader.peek() == "\\middle":
        reader.at += 1
        middle = fenced(reader.sign(), inner._replace(width=0.0), ".", reader.scale)
        more = reader.row(())
        inner = Box(inner.width + middle.width + more.width, max(inner.height, more.height), max(inner.depth, more.depth))
    right = "."
    if reader.peek() == "\\right":
        reader.at += 1
        right = reader.sign()
    elif reader.peek() in ("&", "\\\\"):
        reader.at += 1
    return fenced(left, inner, right, reader.scale)._replace(level=reader.level)


def _halves(reader: Reader, display: bool | None = None) -> tuple[Box, Box, bool]:
    big = reader.display if display is None else display
    level = reader.level if big else min(reader.level + 1, 2)
    top = reader.styled(False, level, reader.argument)
    return top, reader.primed(lambda: reader.styled(False, level, reader.argument)), big


def _frac(reader: Reader, display: bool | None = None) -> Box:
    top, bottom, big = _halves(reader, display)
    return fraction(top, bottom, display=big, scale=reader.scale)._replace(level=reader.level)


def _dfrac(reader: Reader) -> Box:
    return _frac(reader, True)


def _cfrac(reader: Reader) -> Box:
    reader.optional()
    top, bottom, _ = _halves(reader, True)
    if not reader.display:
        return fraction(top, bottom, display=True, scale=reader.scale)
    high, deep = 0.86 * reader.scale, 0.3 * reader.scale
    top, bottom = (box._replace(height=max(box.height, high), depth=max(box.depth, deep)) for box in (top, bottom))
    found = fraction(top, bottom, display=True, scale=reader.scale)
    return found._replace(width=found.width - 0.44 * reader.scale)


def _tfrac(reader: Reader) -> Box:
    return _frac(reader, False)


def _binom(reader: Reader, display: bool | None = None) -> Box:
    top, bottom, big = _halves(reader, display)
    inner = fraction(top, bottom, display=big, rule=0.0, scale=reader.scale)
    side = fence("(", 2.39 if big else 1.01, exact=True).scaled(reader.scale)
    width = inner.width + 2 * side.width - 0.44 * reader.scale
    return Box(width, max(inner.height, side.height), max(inner.depth, side.depth), INNER)


def _sqrt(reader: Reader) -> Box:
    index = reader.optional()
    small = type(reader)(index).box(display=False).scaled(0.5) if index else None
    display = reader.display
    return root(reader.primed(reader.argument), display=display, scale=reader.scale, index=small)


def _stackrel(reader: Reader) -> Box:
    over = reader.script()
    return stacked(reader.argument(), over, None, reader.scale)._replace(kind=REL)


def _overset(reader: Reader) -> Box:
    over = reader.script()
    return stacked(reader.argument(), over, None, reader.scale)


def _underset(reader: Reader) -> Box:
    under = reader.script()
    return stacked(reader.argument(), None, under, reader.scale)


def _overbrace(reader: Reader) -> Box:
    base = reader.argument()
    more = 0.62 if reader.peek() == "^" else 0.725
    return base._replace(height=base.height + more * reader.scale, width=max(base.width, 1.8), limits=True, char=False)


def _underbrace(reader: Reader) -> Box:
    base = reader.argument()
    more = 0.62 if reader.peek() == "_" else 0.725
    return base._replace(depth=base.depth + more * reader.scale, width=max(base.width, 1.8), limits=True, char=False)


def _underline(reader: Reader) -> Box:
    base = reader.argument()
    return base._replace(depth=base.depth + 3 * RULE * reader.scale, char=False)


def _boxed(reader: Reader) -> Box:
    base = reader.styled(True, reader.level, reader.argument)
    more = 0.267 * reader.scale
    return Box(base.width + 2 * more, base.height + more, base.depth + more)


def _xrightarrow(reader: Reader) -> Box:
    under = reader.optional()
    over = reader.script()
    width = max(1.0, over.width + 0.667, len(under or "") * 0.35 + 0.667)
    height = over.height + over.depth + 0.51 + max(0.111, 0.2 - over.depth)
    return Box(width, height, 0.011 if not under else 0.7, REL)


def _substack(reader: Reader) -> Box:
    inner = type(reader)(reader.raw())
    inner.level, inner.size = reader.level, reader.size
    return inner.table("substack")


def _not(reader: Reader) -> Box:
    return reader.nucleus()


def _pmod(reader: Reader) -> Box:
    inner = reader.argument()
    width = inner.width + (4.167 if reader.display else 3.61) * reader.scale
    return Box(width, max(0.75 * reader.scale, inner.height), max(0.25 * reader.scale, inner.depth))


def _bmod(reader: Reader) -> Box:
    box = reader.word("mod", "normal")
    return box._replace(kind=BIN, width=box.width + 0.112 * reader.scale)


def _dots(reader: Reader) -> Box:
    return Box(1.172 * reader.scale, 0.12 * reader.scale, 0.0, INNER, level=reader.level)


def _begin(reader: Reader) -> Box:
    return reader.table(reader.raw())


COMMANDS: dict[str, Callable[[Reader], Box]] = {
    "left": _left,
    "frac": _frac,
    "dfrac": _dfrac,
    "cfrac": _cfrac,
    "tfrac": _tfrac,
    "binom": _binom,
    "sqrt": _sqrt,
    "stackrel": _stackrel,
    "overset": _overset,
    "underset": _underset,
    "overbrace": _overbrace,
    "underbrace": _underbrace,
    "underline": _underline,
    "boxed": _boxed,
    "xrightarrow": _xrightarrow,
    "substack": _substack,
    "not": _not,
    "pmod": _pmod,
    "bmod": _bmod,
    "dots": _dots,
    "begin": _begin,
    "dbinom": _binom,
    "tbinom": _binom,
    "xleftarrow": _xrightarrow,
}
"""By name, without the backslash."""
