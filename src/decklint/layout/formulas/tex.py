"""Reads TeX as far as its size depends on it. Nothing is executed: macros of a deck stay unknown, and add nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from decklint.layout.formulas.formula import (
    BIN,
    OP,
    ORD,
    REL,
    SCALES,
    SPACE,
    Box,
    fence,
    fenced,
    fraction,
    metrics,
    row,
    scripts,
    stacked,
    table,
)
from decklint.layout.formulas.glyphs import glyph
from decklint.layout.formulas.texcommands import COMMANDS
from decklint.layout.formulas.texnames import (
    ALIGNED,
    ARROWS,
    BARS,
    BIG,
    CLASSES,
    FONTS,
    INTEGRALS,
    LIMITED,
    NAMES,
    OVER,
    SIZES,
    SKIPPED,
    SPACES,
    STYLES,
    SWITCHES,
    TABLES,
    TEXT_FONTS,
    TEXTS,
    WRAPPERS,
)
from decklint.layout.formulas.texscan import Scanner, length

_NUMBER = re.compile(r"\d")
_DEEPEST = 40


class Reader(Scanner):
    """Reads one formula and gives the box of it."""

    def __init__(self, tex: str) -> None:
        super().__init__(tex)
        self.display = False
        self.level = 0
        self.size = 1.0
        self.font = ""
        self.prime = False
        """Whether superscripts are raised less: below a line, and under a root."""
        self.depth = 0

    @property
    def scale(self) -> float:
        """The size of what is read, by that of the text."""
        return SCALES[min(self.level, 2)] * self.size

    def box(self, *, display: bool) -> Box:
        """The whole formula; MathJax does not break its lines outside of tables."""
        self.display = display
        boxes = [self.row(())]
        while self.at < len(self.tokens):
            self.take()
            boxes.append(self.row(()))
        return row(boxes)

    def row(self, stops: tuple[str, ...]) -> Box:
        """Boxes up to the end of a group, a cell or a fence, which is left to be read."""
        saved = (self.display, self.level, self.size, self.font)
        boxes: list[Box] = []
        above: Box | None = None
        while True:
            token = self.peek()
            if not token or token in ("}", "&", "\\\\", "\\cr", "\\end", "\\right", "\\middle") or token in stops:
                break
            if token in ("\\over", "\\choose", "\\atop"):
                self.at += 1
                above, boxes = row(boxes), []
                continue
            boxes.append(self.atom())
        result = row(boxes)
        if above is not None:
            small = 1.0 if self.display else SCALES[min(self.level + 1, 2)] / SCALES[self.level]
            result = fraction(above.scaled(small), result.scaled(small), display=self.display, scale=self.scale)
        self.display, self.level, self.size, self.font = saved
        return result

    def atom(self) -> Box:
        """One box with its scripts."""
        base = self.nucleus()
        upper = lower = None
        while True:
            token = self.peek()
            if token == "'":
                primes = 0
                while self.peek() == "'":
                    self.at += 1
                    primes += 1
                small = SCALES[min(self.level + 1, 2)] * self.size
                upper = Box(0.275 * small * primes, 0.56 * small) if upper is None else upper
            elif token == "^" and upper is None:
                self.at += 1
                upper = self.script()
            elif token == "_" and lower is None:
                self.at += 1
                lower = self.primed(self.script)
            elif token in ("\\limits", "\\nolimits"):
                self.at += 1
                base = base._replace(limits=token == "\\limits")
            else:
                break
        if upper is None and lower is None:
            return base
        if base.limits:
            return stacked(base, upper, lower, self.scale)
        return scripts(base, upper, lower, display=self.display and not self.prime, prime=self.prime, scale=self.scale)

    def script(self) -> Box:
        """What stands raised or lowered."""
        return self.styled(False, min(self.level + 1, 2), self.argument)

    def styled(self, display: bool, level: int, read: Callable[[], Box]) -> Box:
        """Read something in another style."""
        saved = (self.display, self.level)
        self.display, self.level = display, level
        found = read()
        self.display, self.level = saved
        return found

    def primed(self, read: Callable[[], Box]) -> Box:
        """Read something in which superscripts are raised less."""
        saved, self.prime = self.prime, True
        found = read()
        self.prime = saved
        return found

    def argument(self) -> Box:
        """A group, or one token."""
        token = self.peek()
        if token == "{":
            return self.group()
        if _NUMBER.match(token):
            self.at += 1
            return self.word(token)._replace(char=True)
        return self.nucleus() if token else Box()

    def group(self) -> Box:
        """What stands in braces."""
        self.at += 1
        start = self.at
        found = self.row(())
        while self.at < len(self.tokens) and self.tokens[self.at] != "}" and self.at > start:
            self.at += 1
            start = self.at
            more = self.row(())
            found = Box(found.width + more.width, max(found.height, more.height), max(found.depth, more.depth))
        self.at += 1
        return found._replace(level=self.level)

    def nucleus(self) -> Box:
        """One box without scripts; what is nested too deep is left out."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.at = len(self.tokens)
        found = self.one(self.take())
        self.depth -= 1
        return found

    def one(self, token: str) -> Box:
        """The box that begins with a token."""
        if token == "{":
            self.at -= 1
            return self.group()
        if token == "}" or token in ("^", "_"):
            self.at -= token != "}"
            return Box(level=self.level)
        if token == "~":
            return Box(0.25 * self.scale, kind=SPACE)
        if token.startswith("\\") and len(token) > 1:
            return self.command(token[1:])
        if token == "×":  # what only MathJax does: a letter, unless it is written \times
            return self.char(token)._replace(kind=ORD)
        if _NUMBER.match(token) or (token == "." and _NUMBER.match(self.peek())):
            return self.number(token)
        return self.char(token)

    def number(self, first: str) -> Box:
        """Digits in a row are one box."""
        digits = first
        while self.at < len(self.tokens) and self.tokens[self.at] in "0123456789.":
            digits += self.tokens[self.at]
            self.at += 1
        return self.word(digits)._replace(char=len(digits) == 1, level=self.level)

    def word(self, text: str, font: str | None = None) -> Box:
        """Characters in a row, without space between them."""
        parts = [glyph(char, self.font if font is None else font) for char in text]
        width = sum(part.width for part in parts)
        height, depth = max((part.height for part in parts), default=0.0), max((part.depth for part in parts), default=0.0)
        return Box(width, height, depth, level=self.level).scaled(self.scale)

    def char(self, char: str) -> Box:
        """One character with its class."""
        char = {"-": "−", "*": "∗", "'": "′"}.get(char, char)
        large = metrics()["large" if self.display else "small"].get(char)
        if large is not None and metrics()["classes"].get(char) == OP:
            height, depth, width, lean = large
            box = Box(width, height, depth, OP, limits=self.display and char not in INTEGRALS, level=self.level, lean=lean)
            return box.scaled(self.scale)
        kind = ORD if char.isalpha() and char.isascii() else metrics()["classes"].get(char, ORD)
        kind = BIN if char in "−∗·" else max(kind, ORD)
        return glyph(char, self.font).scaled(self.scale)._replace(kind=kind, char=True, level=self.level)

    def command(self, name: str) -> Box:
        """A command: a sign, a space, or something with arguments."""
        if name in SPACES:
            return Box(SPACES[name] * self.scale, kind=SPACE)
        method = COMMANDS.get(name)
        if method is not None:
            found = method(self)
            return found if found.kind == SPACE else found._replace(level=self.level)
        sign = BARS.get(name) or metrics()["commands"].get(name)
        if sign is not None:
            return self.char(sign)
        return self.other(name)

    def other(self, name: str) -> Box:
        """Commands that come in families."""
        if name in NAMES or name in LIMITED:
            box = self.word(name, "normal")
            if name in ("limsup", "liminf"):
                box = box._replace(width=box.width + 0.167 * self.scale)
            return box._replace(kind=OP, limits=self.display and name in LIMITED)
        if name in TEXTS:
            font = TEXT_FONTS.get(name, "text")
            box = self.word(re.sub(r"\$|\\(?=[^A-Za-z])", "", self.raw()), font)
            return box._replace(kind=OP if name.startswith("operator") else ORD, limits=name.endswith("*") and self.display)
        if name in FONTS or name in SWITCHES:
            return self.in_font(name)
        if name in OVER:
            base = self.argument()
            return base._replace(height=base.height + OVER[name] * self.scale, char=False)
        if name in CLASSES:
            return self.argument()._replace(kind=CLASSES[name], limits=name == "mathop" and self.display)
        if name in STYLES:
            self.display, self.level = STYLES[name]
            return Box(kind=SPACE)
        if name in SIZES:
            self.size = SIZES[name]
            return Box(kind=SPACE)
        if name.rstrip("lrm") in BIG and name != "bigr":
            return fence(self.sign(), BIG[name.rstrip("lrm")], exact=True).scaled(self.scale)._replace(level=self.level)
        if name == "bigr":
            return fence(self.sign(), 1.2, exact=True).scaled(self.scale)
        if name in ARROWS:
            return Box(ARROWS[name] * self.scale, 0.525, 0.024, REL)
        return self.passed(name)

    def passed(self, name: str) -> Box:
        """Commands that show one of their arguments, or nothing."""
        if name in WRAPPERS:
            for _ in range(WRAPPERS[name]):
                self.raw()
            return self.argument() if name != "mathstrut" else Box(0.0, 0.75, 0.25)
        for _ in range(SKIPPED.get(name, 0)):
            self.raw()
        if name in ("hspace", "hskip", "mspace", "kern"):
            return Box(length(self.raw()) * self.scale, kind=SPACE)
        if len(name) == 1 and not name.isalpha():
            return self.char(name)
        return Box(kind=SPACE)

    def in_font(self, name: str) -> Box:
        """Letters of another alphabet."""
        if name in SWITCHES:
            self.font = SWITCHES[name]
            return Box(kind=SPACE)
        saved, self.font = self.font, FONTS[name]
        single = self.peek() != "{" or (len(self.tokens) > self.at + 2 and self.tokens[self.at + 2] == "}")
        box = self.argument()
        self.font = saved
        return box._replace(char=single)

    def table(self, name: str) -> Box:
        """An environment of rows and cells, by the name that it begins with."""
        bare = name.rstrip("*")
        left, right, gap, columns, display = TABLES.get(bare, ALIGNED)
        if bare in ("array", "alignat", "alignedat"):
            self.optional()
            self.raw()
        small = bare in ("smallmatrix", "substack", "subarray")
        level = max(self.level, 1) if small else self.level
        rows: list[list[Box]] = [[]]
        more = 0.0
        while True:
            relation = self.starts_with_relation()
            cell = self.styled(display, level, lambda: self.row(()))
            if display and len(rows[-1]) % 2 and relation:
                cell = cell._replace(width=cell.width + 0.278)
            rows[-1].append(cell)
            token = self.take()
            if token in ("\\\\", "\\cr"):
                more += length(self.optional() or "")
                rows.append([])
            elif token == "\\end":
                self.raw()
                break
            elif not token:
                break
        if len(rows) > 1 and len(rows[-1]) == 1 and rows[-1][0].width == 0:
            rows.pop()
        scale = SCALES[level] * self.size
        found = table(rows, gap=gap, columns=columns, least=not small or bare == "smallmatrix", scale=scale)
        found = found._replace(height=found.height + more / 2, depth=found.depth + more / 2)
        if left == right == ".":
            return found._replace(level=self.level)
        return fenced(left, found, right, scale)._replace(level=self.level)

    def starts_with_relation(self) -> bool:
        """Whether a cell begins with a relation, before which an aligned table leaves room."""
        token = self.peek()
        sign = metrics()["commands"].get(token[1:], "") if len(token) > 1 else token
        return bool(metrics()["classes"].get(sign) == REL)
