"""What one part of a selector asks of an element, with three answers: yes, no, and None where nobody can know.

Source: CSS Selectors Level 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from decklint.records import dataclass

Test = Callable[["Node"], "bool | None"]
_NTH = re.compile(r"([+-]?\d*)n(?:([+-])(\d+))?|([+-]?\d+)")
_NEVER = frozenset(
    """hover focus active visited target focus-visible focus-within checked disabled invalid fullscreen host popover-open
    placeholder-shown""".split()  # noqa: SIM905
)


@dataclass(slots=True, eq=False)
class Node:
    """What selectors see of an element. Positions count from 1; 0 is unknown, -2 is behind the second."""

    tag: str
    parent: Node | None
    classes: frozenset[str] = frozenset()
    attributes: dict[str, str] | None = None
    """None: nobody knows, but for `class`."""
    first: bool = False
    last: bool = False
    index: int = 0
    from_end: int = 0
    before: Node | None = None
    """The sibling before it."""
    vague: bool = False
    """Whether it may have classes that nobody told of."""


def never(node: Node) -> bool | None:
    """What no element on a slide ever is."""
    return False


def any_of(results: list[bool | None]) -> bool | None:
    """Whether one of some answers is yes."""
    return True if True in results else None if None in results else False


def opposite(results: list[bool | None]) -> bool | None:
    """Whether all of some answers are no."""
    found = any_of(results)
    return None if found is None else not found


def attribute_test(name: str, sign: str, value: str, *, fold: bool) -> Test:
    """`[name SIGN "value"]`; `fold` where letter case does not count."""
    if fold:
        value = value.lower()

    def test(node: Node) -> bool | None:
        if name == "class":
            has: str | None = " ".join(sorted(node.classes)) if node.classes else None
        elif node.attributes is None:
            return None
        else:
            has = node.attributes.get(name)
        if has is None:
            return False
        return _compared(has.lower() if fold else has, sign, value)

    return test


def _compared(has: str, sign: str, value: str) -> bool:
    if sign == "~=":
        return value in has.split()
    if sign == "|=":
        return has == value or has.startswith(value + "-")
    if sign in ("^=", "$=", "*="):
        found = {"^=": has.startswith, "$=": has.endswith, "*=": has.__contains__}[sign](value)
        return bool(value) and found
    return sign == "" or has == value


def pseudo_test(name: str, argument: str) -> Test:
    """`:name(argument)`."""
    if name == "marpit-root":
        return lambda node: node.parent is None
    if name in _NEVER:
        return never
    if name in ("link", "any-link"):
        return lambda node: node.tag == "a"
    if name == "first-child":
        return lambda node: node.first
    if name == "last-child":
        return lambda node: node.last
    if name == "only-child":
        return lambda node: node.first and node.last
    if name in ("nth-child", "nth-last-child"):
        return _nth_test(argument.lower(), from_end=name == "nth-last-child")
    if name in ("first-of-type", "last-of-type", "only-of-type", "nth-of-type", "nth-last-of-type"):
        return _of_type_test(name, argument)
    return lambda node: None


def _nth_test(argument: str, *, from_end: bool) -> Test:
    argument = {"even": "2n", "odd": "2n+1"}.get(argument, argument.replace(" ", ""))
    match = _NTH.fullmatch(argument)
    if match is None:
        return lambda node: None
    if match[4]:
        step, offset = 0, int(match[4])
    else:
        step = int(match[1] + "1") if match[1] in ("", "+", "-") else int(match[1])
        offset = int((match[2] or "+") + (match[3] or "0"))

    def test(node: Node) -> bool | None:
        place, is_end = (node.from_end, node.last) if from_end else (node.index, node.first)
        place = place or int(is_end)
        if place <= 0:
            return False if step == 0 and offset <= max(1, -place) else None
        ahead = place - offset
        return ahead == 0 if step == 0 else ahead % step == 0 and ahead // step >= 0

    return test


def _of_type_test(name: str, argument: str) -> Test:
    """Siblings are not all known: the first child is the first of its type, the last the last."""
    first = name == "first-of-type" or (name, argument) == ("nth-of-type", "1")
    last = name == "last-of-type" or (name, argument) == ("nth-last-of-type", "1")
    if first:
        return lambda node: True if node.first else None
    if last:
        return lambda node: True if node.last else None
    return lambda node: None
