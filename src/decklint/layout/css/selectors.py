"""Selectors: read once, then held against what is known of an element. What cannot be known is None, neither yes nor no.

Sources: CSS Selectors Level 4; Marpit 3.2 `postcss/pseudo_selector`, `postcss/root`: what does not begin with `section` is looked
for inside a slide, `:root` is the slide itself with the weight of a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

from decklint.layout.css.conditions import Node, Test, any_of, attribute_test, never, opposite, pseudo_test
from decklint.records import dataclass, field

Weight = tuple[int, int, int]
"""Numbers of ids, of classes, of elements."""
_NAME = r"(?:[^\x00-,./:-@\[-^`{-\x7f]|\\.)+"
_PART = re.compile(
    rf"(?P<all>\*)|(?P<tag>{_NAME})|\.(?P<cls>{_NAME})|#(?P<id>{_NAME})|::?(?P<pseudo>[\w-]+)(?P<open>\()?|(?P<attr>\[)"
)
_ATTRIBUTE = re.compile(rf"\s*({_NAME})\s*(?:([~|^$*]?=)\s*(\"[^\"]*\"|'[^']*'|[^\s\]\"']+)\s*([iIsS])?\s*)?")
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_ELEMENTS = frozenset(("before", "after", "first-line", "first-letter", "marker", "selection", "placeholder", "part", "backdrop"))
_MOST = 12  # compounds; people write no longer ones
_LONGEST = 400  # characters


@dataclass(slots=True)
class Compound:
    """`h2.small:first-child`: all that is said of one element."""

    tag: str = ""
    classes: frozenset[str] = frozenset()
    tests: list[Test] = field(default_factory=list)

    def matches(self, node: Node) -> bool | None:
        """Whether an element is such a one."""
        if self.tag and self.tag != node.tag:
            return False
        sure: bool | None = True
        if not self.classes <= node.classes:
            if not node.vague:
                return False
            sure = None
        for test in self.tests:
            result = test(node)
            if result is False:
                return False
            sure = sure if result else None
        return sure


@dataclass(slots=True)
class Selector:
    """One selector, without the commas."""

    steps: list[tuple[str, Compound]]
    """From the element itself outwards: what leads to the one before (nothing for the first), and what it must be."""
    weight: Weight
    pseudo: str = ""
    """`before`, `after`, `part` ... where it is about a part of the element."""
    subjects: tuple[str, ...] = ()
    """The tags that the element can have; none: any."""
    on: frozenset[str] = frozenset()
    """Classes that the slide must have."""
    inside: bool = False
    """Whether all that it names is looked for inside a slide, and is never the slide itself."""
    around: frozenset[str] = field(init=False)
    """Tags that the element must stand in."""
    bare: bool = field(init=False)
    """Whether it asks for the tag of an element at the most."""

    def __post_init__(self) -> None:
        outwards = takewhile(lambda step: step[0] in (" ", ">"), self.steps[1:])
        first = self.steps[0][1]
        self.bare = len(self.steps) == 1 and not (first.classes or first.tests or self.pseudo)
        self.around = frozenset(compound.tag for _, compound in outwards if compound.tag)

    def matches(self, node: Node) -> bool | None:
        """Whether an element is meant; None where that depends on what nobody knows."""
        if self.inside and node.parent is None:
            return False
        found = self.steps[0][1].matches(node)
        if found is False or len(self.steps) == 1:
            return found
        if len(self.steps) == 2 and self.steps[1][0] in (" ", ">"):
            return self._within(node, *self.steps[1], sure=found is True)
        places: dict[Node, bool] = {node: found is True}
        for combinator, compound in self.steps[1:]:
            reached: dict[Node, bool] = {}
            for place, sure in _starts(places) if combinator == " " else places.items():
                for other in _reached(place, combinator):
                    if self.inside and other.parent is None:
                        continue
                    found = compound.matches(other)
                    if found is not False:
                        reached[other] = reached.get(other, False) or (sure and found is True)
            if not reached:
                return None if combinator == "~" and any(_has_unknown_siblings(place) for place in places) else False
            places = reached
        return True if any(places.values()) else None

    def _within(self, node: Node, combinator: str, outer: Compound, *, sure: bool) -> bool | None:
        """Whether an element stands in such a one."""
        result: bool | None = False
        for other in _reached(node, combinator):
            if self.inside and other.parent is None:
                continue
            found = outer.matches(other)
            if found and sure:
                return True
            if found is not False:
                result = None
        return result


def _starts(places: dict[Node, bool]) -> Iterable[tuple[Node, bool]]:
    """The innermost place and the innermost sure one: around the others there is nothing more."""
    first = next(iter(places))
    sure = next((place for place, is_sure in places.items() if is_sure), first)
    return {first: places[first], sure: places[sure]}.items()


def _reached(node: Node, combinator: str) -> Iterable[Node]:
    if combinator in ("+", "~"):
        return (node.before,) if node.before is not None else ()
    if combinator == ">":
        return (node.parent,) if node.parent is not None else ()
    return _ancestors(node)


def _has_unknown_siblings(node: Node) -> bool:
    """Whether there may be siblings before the one before."""
    return not (node.first or (node.before is not None and node.before.first))


def _ancestors(node: Node) -> Iterable[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


@lru_cache(maxsize=4096)
def read_selector(text: str, *, scoped: bool = False) -> Selector | None:
    """A selector as Marp rewrites it; None where it cannot be read or can mean nothing on a slide."""
    text = re.sub(r"(^|[\s>+~(])(?:section)?:root\b", r"\1section:marpit-root", text.strip())
    if len(text) > _LONGEST:
        return None
    anchored = re.match(r"section(?![\w-])", text) is not None
    reader = _Reader(text)
    steps = reader.steps()
    if steps is None:
        return None
    ids, classes, elements = reader.weight
    on = steps[-1][1].classes if anchored else frozenset()
    weight = (ids, classes + scoped, elements + (not anchored))
    selector = Selector(steps, weight, reader.pseudo, reader.subjects, on, not anchored)
    return None if scoped and anchored and ":marpit-root" in text else selector


class _Reader:
    """Reads one complex selector, or those inside `:is()` and its like."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.at = 0
        self.depth = depth
        self.weight: Weight = (0, 0, 0)
        self.pseudo = ""
        self.subjects: tuple[str, ...] = ()

    def steps(self) -> list[tuple[str, Compound]] | None:
        """The compounds from the last to the first; None where the text is no selector."""
        compounds: list[Compound] = []
        combinators: list[str] = []
        while self.at < len(self.text):
            compound = self._compound()
            if compound is None or len(compounds) > _MOST:
                return None
            compounds.append(compound)
            if self.at < len(self.text):
                match = _COMBINATOR.match(self.text, self.at)
                if match is None or match.end() == len(self.text):
                    return None
                combinators.append(match[1] or " ")
                self.at = match.end()
        if not compounds:
            return None
        return [("", compounds[-1]), *zip(reversed(combinators), reversed(compounds[:-1]), strict=True)]

    def _compound(self) -> Compound | None:
        compound = Compound()
        start = self.at
        self.subjects = ()
        while (match := _PART.match(self.text, self.at)) is not None:
            if match["tag"] and self.at > start:
                return None
            self.at = match.end()
            if not self._part(compound, match):
                return None
        return compound if self.at > start else None

    def _part(self, compound: Compound, match: re.Match[str]) -> bool:
        if match["tag"]:
            compound.tag = _unescaped(match["tag"]).lower()
            self.subjects = (compound.tag,)
            self._weigh(0, 0, 1)
        elif match["cls"]:
            compound.classes |= {_unescaped(match["cls"])}
            self._weigh(0, 1, 0)
        elif match["id"]:
            compound.tests.append(never)
            self._weigh(1, 0, 0)
        elif match["attr"]:
            return self._attribute(compound)
        elif match["pseudo"]:
            return self._pseudo(compound, match["pseudo"].lower(), bool(match["open"]))
        return True

    def _weigh(self, ids: int, classes: int, elements: int) -> None:
        self.weight = (self.weight[0] + ids, self.weight[1] + classes, self.weight[2] + elements)

    def _attribute(self, compound: Compound) -> bool:
        match = _ATTRIBUTE.match(self.text, self.at)
        if match is None or not self.text.startswith("]", match.end()):
            return False
        self.at = match.end() + 1
        name, sign, value, mode = match.groups()
        value = value[1:-1] if value and value[0] in "\"'" else value or ""
        compound.tests.append(attribute_test(name.lower(), sign or "", value, fold=(mode or "").lower() == "i"))
        self._weigh(0, 1, 0)
        return True

    def _pseudo(self, compound: Compound, name: str, has_arguments: bool) -> bool:
        argument = self._argument() if has_arguments else ""
        if argument is None:
            return False
        if name in _ELEMENTS or name.startswith("-"):
            self.pseudo = name if argument in ("", "auto-scaling") else "?"
            self._weigh(0, 0, 1)
        elif name in ("is", "where", "not", "matches", "-webkit-any"):
            return self._choice(compound, name, argument)
        else:
            compound.tests.append(pseudo_test(name, argument))
            self._weigh(0, 1, -1 if name == "marpit-root" else 0)
        return True

    def _choice(self, compound: Compound, name: str, argument: str) -> bool:
        if self.depth > 4:
            return False
        choices: list[Selector] = []
        weights: list[Weight] = [(0, 0, 0)]
        for text in split_list(argument):
            inner = _Reader(text.strip(), self.depth + 1)
            steps = inner.steps()
            if steps is None or inner.pseudo:
                continue
            choices.append(Selector(steps, inner.weight, subjects=inner.subjects))
            weights.append(inner.weight)
        if name != "where":
            self._weigh(*max(weights))
        if name == "not":
            compound.tests.append(lambda node: opposite([choice.matches(node) for choice in choices]))
            return True
        compound.tests.append(lambda node: any_of([choice.matches(node) for choice in choices]))
        if not self.subjects and all(choice.subjects for choice in choices):
            self.subjects = tuple(tag for choice in choices for tag in choice.subjects)
        return True

    def _argument(self) -> str | None:
        depth = 1
        for match in re.compile(r"[()]").finditer(self.text, self.at):
            depth += 1 if match[0] == "(" else -1
            if depth == 0:
                start, self.at = self.at, match.end()
                return self.text[start : match.start()].strip()
        return None


def split_list(text: str) -> list[str]:
    """The selectors of a list, cut at commas outside of brackets."""
    parts: list[str] = []
    depth = start = 0
    for match in re.finditer(r"[()\[\],]", text):
        if match[0] == ",":
            if depth <= 0:
                parts.append(text[start : match.start()])
                start = match.end()
        else:
            depth += 1 if match[0] in "([" else -1
    return [*parts, text[start:]]


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name)
