"""Names of entities in the visible text of a leaf."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from decklint.facts.entities import Entity, Name
from decklint.facts.registry import Registry
from decklint.records import dataclass
from decklint.text import Span

_NEAR = 120
# A name followed by such a token is another thing, unless the registry knows the longer name.
_GOES_ON = re.compile(
    r"\s?-?\d|[-\s](?:turbo|mini|pro|xl|xxl|large|small|base|tiny|nano|ultra|max|plus|lite|instruct|chat|coder|vision|next|"
    r"like|style|based|type|family|series|inspired|derived|zero|neo|j|x)\b|-\w|\+|系(?!列)|类|式|变体|家族|衍生"
)
_OTHER_EDITION = re.compile(r"(?:版|改进的|微调的|蒸馏的|轻量化?的|改造的|类似于?|仿照?)\s?$")
_HYPHENS = re.compile(r"[\u2010-\u2015]")
_CAPITALISED = re.compile(r"([A-Z][A-Za-z]+)[ -]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a text, by offsets of the visible text."""

    entity: Entity
    start: int
    end: int
    elsewhere: Span | None = None
    """Where it is named, if that is not here: in a title, a list item above, the sentence before. Then `start` is `end`."""
    refined: bool = False
    """Named here by its family, and by a title as this member of it."""

    @property
    def is_implied(self) -> bool:
        """Whether the words around had to be asked what is meant."""
        return self.elsewhere is not None or self.refined


def mentions_at(places: Iterable[tuple[int, int, list[list[Any]]]], text: str, folded: str, registry: Registry) -> list[Mention]:
    """The entities that a text names, in order; a name that may be another thing's is none.

    `places` are those of all names in the folded text, the longest first; `text` is the same text as it is shown.
    """
    found: list[Mention] = []
    free = 0
    for start, end, names in places:
        if start >= free and (mention := _named(start, end, names, text, folded, registry)) is not None:
            found.append(mention)
            free = end
    return found


def _named(start: int, end: int, names: list[list[Any]], text: str, folded: str, registry: Registry) -> Mention | None:
    written = text[start:end]
    if not written.isascii():
        written = _HYPHENS.sub("-", unicodedata.normalize("NFKC", written))
    for parts in names:
        name = Name(*parts)
        if not name.any_case and written != name.text:
            continue
        if name.needs or name.never_near:
            near = folded[max(0, start - _NEAR) : end + _NEAR]
            if name.needs and not any(word in near for word in name.needs):
                continue
            if any(word in near for word in name.never_near):
                continue
        entity = registry.entities[name.entity]
        is_thing = entity.kind not in ("organisation", "person", "paper")
        return None if is_thing and _is_another(text, folded, start, end) else Mention(entity, start, end)
    return None


def _is_another(text: str, folded: str, start: int, end: int) -> bool:
    """Whether the words around a name make it the name of something else: `BERT-large`, `Music Transformer`."""
    if _GOES_ON.match(folded, end) and not re.match(r"\s\d{4}(?!\d)", folded[end : end + 6]):
        return True
    if _OTHER_EDITION.search(folded, max(0, start - 6), start):
        return True
    if text[start - 1 : start] not in (" ", "-", "\n"):  # the last: the end of a line is an end to the pattern
        return False
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
        "Then",
        "Today",
        "Here",
        "Where",
        "Also",
        "Now",
        "Later",
        "However",
        "Famous",
        "Classic",
        "Modern",
        "Recent",
        "Standard",
        "New",
        "Big",
        "Large",
        "Did",
        "Has",
        "Had",
        "Are",
        "Were",
        "About",
        "Compare",
        "Comparing",
        "Meet",
        "See",
        "Read",
        "Vanilla",
        "Deep",
        "Consider",
        "Between",
        "Take",
        "Recall",
        "Note",
        "Notice",
        "Among",
        "Unlike",
        "Given",
        "Did",
        "Does",
        "Can",
        "Could",
        "Before",
        "Even",
        "Only",
        "Until",
        "Under",
        "Through",
        "Within",
        "Against",
        "Named",
        "Called",
        "Each",
        "All",
        "Any",
        "Some",
        "Many",
        "Most",
        "No",
        "Not",
        "Yet",
        "But",
        "So",
        "If",
        "Though",
        "Although",
        "Because",
        "Remember",
        "Imagine",
        "Let",
        "Compared",
        "Despite",
        "Besides",
        "Around",
        "About",
        "Over",
        "First",
        "Last",
        "Next",
    ]
)
