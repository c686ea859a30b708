"""What style sheets declare for slides and their headings, and which declaration wins.

Sources: CSS Cascading Level 4; Marpit 3.2 `postcss/pseudo_selector`, `postcss/root`, `style/assign.js`: a selector that does not
begin with `section` is read inside a slide, `:root` is the slide itself with the weight of a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import tinycss2

from decklint.records import dataclass, field

SLIDE = "section"
VEIL = "veil"
"""Stands for all that changes how an element looks besides its colour: a background of its own, a filter, other variables."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BACKGROUNDS = ("background", "background-color", "background-image")
_VEILS = ("opacity", "filter", "mix-blend-mode", "text-shadow", "-webkit-text-fill-color", "background-clip", "all")
_READ = frozenset((*_BACKGROUNDS, *_VEILS, "color", "color-scheme"))
_SKIPPED = ("keyframes", "-webkit-keyframes", "font-face", "page", "property", "mixin", "function", "import", "import-theme")
_SELECTOR = re.compile(rf"(?:(?P<root>:root)|{SLIDE})?(?P<classes>(?:\.[\w-]+)*)(?:(?:^| ?[ >] ?)(?P<heading>h[1-6]))?")
_CLASSES = re.compile(rf"{SLIDE}((?:\.[\w-]+)+)(?=[ >])")
_PARENTHESES = re.compile(r"\([^()]*\)")
_DEEPEST = 12  # nested rules; SCSS beyond that is not written by people
_MOST = 200  # selectors of one rule with all that it is nested in
_LONGEST = 400  # characters of a selector
_HARMLESS = ("none", "1", "normal", "transparent")


class Declaration(NamedTuple):
    """One declaration that may count for slides or their headings."""

    name: str
    value: str
    element: str
    """`section` for the slide itself, else `h1` to `h6`."""
    classes: frozenset[str] = frozenset()
    """Classes that the slide must have."""
    weight: tuple[bool, int, int] = (False, 0, 1)
    """Whether it is important, then the number of classes and of elements in its selector."""
    sure: bool = True
    """Whether the conditions of its selector are all known, and the value can be used."""
    line: int = 0
    origin: Any = None


@dataclass(slots=True)
class Rules:
    """What style sheets say about colours."""

    declarations: list[Declaration] = field(default_factory=list)
    touched: set[tuple[frozenset[str], str]] = field(default_factory=set)
    """Other elements whose colours they set, on slides with what classes; `*` where that may be any element."""


def read_rules(css: str, origin: Any = None, *, scoped: bool = False) -> Rules:
    """The colours that a style sheet declares; `scoped` as in `<style scoped>`."""
    rules = Rules()
    nodes = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
    waiting: list[tuple[Any, list[str], bool, int]] = [(node, [""], True, 0) for node in reversed(nodes)]
    while waiting:
        node, outer, sure, depth = waiting.pop()
        if node.type == "declaration":
            if node.lower_name in _READ or node.name.startswith("--"):
                for selector in outer:
                    _take(node, selector, sure, rules, origin, scoped)
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            is_rule = node.type == "qualified-rule"
            if not is_rule and node.lower_at_keyword in _SKIPPED:
                continue
            inner = _nested(outer, node.prelude) if is_rule else outer
            if depth > _DEEPEST or not inner:
                rules.touched.add((frozenset(), "*"))
                continue
            content = tinycss2.parse_blocks_contents(node.content, skip_whitespace=True)
            waiting += [(child, inner, sure and is_rule, depth + 1) for child in reversed(content)]
    return rules


def winner(declarations: Iterable[Declaration], classes: frozenset[str]) -> Declaration | None:
    """Which of some declarations of one name counts on a slide with `classes`: the heaviest, then the last."""
    best: Declaration | None = None
    for declaration in declarations:
        if declaration.classes <= classes and (best is None or declaration.weight >= best.weight):
            best = declaration
    return best


def _nested(outer: list[str], prelude: list[Any]) -> list[str]:
    """The selectors of a rule inside those of the rule around it; none where they are too many or too long to be looked at."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    own = [" ".join(str(tinycss2.serialize(part)).split()) for part in parts]
    if len(outer) * len(own) > _MOST or max(map(len, own)) + max(map(len, outer)) > _LONGEST:
        return []
    return [one.replace("&", around) if "&" in one else f"{around} {one}".strip() for around in outer for one in own]


def _take(node: Any, selector: str, sure: bool, rules: Rules, origin: Any, scoped: bool) -> None:
    match = _SELECTOR.fullmatch(selector)
    inside = match is not None and not (match["root"] or selector.startswith(SLIDE))
    if match is None or (inside and not match["heading"]) or (inside and match["classes"]):
        element, sure = _subject(selector), False
    else:
        element = match["heading"] or SLIDE
    if element not in (SLIDE, *HEADINGS):
        if element == "*" or (element and node.lower_name != "color-scheme" and not node.name.startswith("--")):
            slide = _CLASSES.match(selector)
            rules.touched.add((frozenset(slide[1].split(".")[1:] if slide else ()), element))
        return
    if scoped and match and match["root"]:
        return  # a slide inside a slide
    names = match["classes"].split(".")[1:] if match else []
    count = len(names) + bool(match and match["root"]) + scoped
    elements = (1 if element == SLIDE else 2) - bool(match and match["root"])
    weight = (node.important, count if match else 99, elements)
    for name, value, usable in _read(node, element):
        made = Declaration(name, value, element, frozenset(names), weight, sure and usable, node.source_line, origin)
        rules.declarations.append(made)


def _subject(selector: str) -> str:
    """The element that a selector is about: "" where it can be none of Markdown, `*` where it may be any."""
    if "data-marpit-advanced-background" in selector:
        return ""  # only on slides with a picture as background
    bare = re.sub(r"\[[^\]]*\]", "[]", selector)
    for _ in range(3):  # :not(:nth-child(1)); deeper ones are left and taken for any element
        bare = _PARENTHESES.sub("", bare)
    last = re.split(r"[ >+~]+", bare)[-1]
    if re.search(r"::|:(?:before|after|first-line|first-letter)\b", last) or last.startswith((".", "[")):
        return ""
    element = re.match(r"[a-zA-Z][\w-]*", last)
    if not selector:
        return ""
    return element[0].lower() if element and "(" not in last else "*"


def _read(node: Any, element: str) -> Iterator[tuple[str, str, bool]]:
    """The declarations that one stands for: name, value, whether the value can be used."""
    name = node.name if node.name.startswith("--") else node.lower_name
    words = [token for token in node.value if token.type != "whitespace"]
    value = str(tinycss2.serialize(words)).strip()
    if name in _VEILS or (element != SLIDE and name != "color"):
        if value.lower() not in _HARMLESS:
            yield VEIL, value, False
    elif name == "background":
        plain = len(words) == 1 and words[0].type != "url" and "gradient" not in value
        yield "background-color", "transparent" if value.lower() == "none" else value, plain
        yield "background-image", "none", plain
    elif name == "background-image":
        yield name, value, value.lower() == "none"
    else:
        yield name, value, True
