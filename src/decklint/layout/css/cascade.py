"""Which declaration wins for an element. Source: CSS Cascading and Inheritance Level 4, section 6."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from decklint.layout.css.conditions import Node
from decklint.layout.css.declarations import SIDES, Value
from decklint.layout.css.selectors import Weight
from decklint.layout.css.sheets import Declared, Rule, Waiting
from decklint.records import dataclass, field

Specified = dict[str, "Value | Waiting"]
_HARMLESS = frozenset(
    (
        *("text-align", "font-style", "vertical-align", "visibility", "list-style-position", "text-transform"),
        *(f"border-{side}-style" for side in SIDES),
    )
)
"""Properties that alone make nothing larger or smaller."""
_WEIGHT = itemgetter(0)
_Weighed = tuple[tuple[int, Weight, int], Rule]


@dataclass(slots=True)
class Cascade:
    """Rules in their order, found by what their last compound asks for."""

    by_tag: dict[str, list[_Weighed]] = field(default_factory=dict)
    by_class: dict[str, list[_Weighed]] = field(default_factory=dict)
    other: list[_Weighed] = field(default_factory=list)
    parts: list[_Weighed] = field(default_factory=list)
    """Rules about what auto-scaling shows."""

    def add(self, rules: Iterable[Rule], origin: int, order: int) -> int:
        """Add rules behind those that are there; `origin` is 0 for the browser's own. Tells the next order."""
        for rule in rules:
            weighed = ((origin, rule.selector.weight, order), rule)
            order += 1
            if rule.selector.pseudo == "part":
                self.parts.append(weighed)
                continue
            compound = rule.selector.steps[0][1]
            if rule.selector.subjects:
                for tag in set(rule.selector.subjects):
                    self.by_tag.setdefault(tag, []).append(weighed)
            elif compound.classes:
                self.by_class.setdefault(next(iter(compound.classes)), []).append(weighed)
            else:
                self.other.append(weighed)
        return order

    def candidates(self, node: Node, *, part: bool) -> Iterable[_Weighed]:
        """The rules that may be about an element."""
        if part:
            return self.parts
        found = [*self.by_tag.get(node.tag, ()), *self.other]
        for name in node.classes:
            found += self.by_class.get(name, ())
        return found


@dataclass(slots=True)
class Match:
    """The rules that are about an element, lightest first."""

    rules: list[Rule]
    key: tuple[int, ...]
    """The same for elements that the same rules are about."""
    doubtful: set[str]
    """Properties that rules set of which nobody knows whether they are about it."""

    def specified(self, inline: Sequence[Declared] = ()) -> Specified:
        """What the rules and the `style` attribute set."""
        values: Specified = {}
        important: Specified = {}
        for sets in (*(rule.sets for rule in self.rules), inline):
            for name, value, is_important in sets:
                (important if is_important else values)[name] = value
        values.update(important)
        return values


def match(cascades: Sequence[Cascade], node: Node, *, part: bool = False) -> Match:
    """The rules of style sheets about an element, or about what auto-scaling shows of it."""
    top, around = node, set()
    while top.parent is not None:
        top = top.parent
        around.add(top.tag)
    matched: list[_Weighed] = []
    doubtful: set[str] = set()
    for cascade in cascades:
        for weighed in cascade.candidates(node, part=part):
            rule = weighed[1]
            selector = rule.selector
            if not (selector.around <= around and selector.on <= top.classes):
                continue
            found = True if selector.bare and node is not top else selector.matches(node)
            if found and rule.sure:
                matched.append(weighed)
            elif found is not False:
                doubtful.update(name for name, _, _ in rule.sets if not name.startswith("--") and name not in _HARMLESS)
    matched.sort(key=_WEIGHT)
    return Match([rule for _, rule in matched], tuple([weight[2] for weight, _ in matched]), doubtful)
