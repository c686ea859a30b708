"""Names of entities in the visible text of a leaf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from decklint.deck.textview import TextView
from decklint.facts.registry import Entity, Name, Registry
from decklint.matching import is_bounded

_NEAR = 120
# A name followed by such a token is another thing, unless the registry knows the longer name.
_GOES_ON = re.compile(
    r"\s?-?\d|[-\s](?:turbo|mini|pro|xl|xxl|large|small|base|tiny|nano|ultra|max|plus|lite|instruct|chat|coder|vision|next|"
    r"like|style|based|type|family|series|inspired|derived|zero|neo|j|x)\b|-\w|系(?!列)|类|式|变体|家族|衍生"
)
_CAPITALISED = re.compile(r"([A-Z][A-Za-z]+)[ -]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a text, by offsets of the visible text."""

    entity: Entity
    start: int
    end: int


def mentions_in(view: TextView, registry: Registry) -> list[Mention]:
    """The entities that a text names, in order; a name that may be another thing's is none."""
    folded = view.folded

    def accept(start: int, end: int, names: list[Name]) -> Iterator[Mention]:
        if not is_bounded(folded, start, end):
            return
        written = view.text[start:end]
        near = folded[max(0, start - _NEAR) : end + _NEAR]
        for name in names:
            if not name.any_case and written != name.text:
                continue
            if name.needs and not any(word in near for word in name.needs):
                continue
            if any(word in near for word in name.never_near):
                continue
            entity = registry.entities[name.entity]
            if entity.kind not in ("organisation", "person", "paper") and _is_another(view.text, folded, start, end):
                return
            yield Mention(entity, start, end)
            return

    return list(registry.names.find(folded, accept))


def _is_another(text: str, folded: str, start: int, end: int) -> bool:
    """Whether the words around a name make it the name of something else: `BERT-large`, `Music Transformer`."""
    if _GOES_ON.match(folded, end) and not re.match(r"\s\d{4}(?!\d)", folded[end : end + 6]):
        return True
    before = _CAPITALISED.search(text[max(0, start - 24) : start])
    return before is not None and before[1] not in _ORDINARY


_ORDINARY = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "Of",
        "For",
        "With",
        "And",
        "Or",
        "By",
        "As",
        "At",
        "From",
        "To",
        "Its",
        "Their",
        "This",
        "That",
        "These",
        "When",
        "While",
        "Since",
        "After",
        "Before",
        "Both",
        "Like",
        "Original",
        "Google",
        "OpenAI",
        "Meta",
        "Facebook",
        "Microsoft",
        "DeepMind",
        "Apple",
        "Amazon",
        "Baidu",
        "Huawei",
        "Alibaba",
        "Tencent",
        "Nvidia",
        "NVIDIA",
        "Stanford",
        "Berkeley",
        "AI",
        "Our",
        "Use",
        "Using",
        "Introducing",
        "Paper",
        "Model",
        "Models",
        "Introduce",
        "Training",
        "Why",
        "What",
        "How",
        "Is",
        "Was",
    ]
)
