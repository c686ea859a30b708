"""How rules make fixes: each says by its name what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from decklint.deck.nodes import Heading, Leaf, Link
from decklint.findings import Edit, Effect, Fix, Message, Safety, Template
from decklint.rule.context import Context


def safe_fix(title: Template, *edits: Edit, spacing: bool = False, **values: Any) -> Fix:
    """A fix that may be applied blind: it changes text, or only spacing, inside the leaf that it edits."""
    return Fix(Message(title, values), edits, Safety.SAFE, frozenset((Effect.SPACING if spacing else Effect.TEXT,)))


def unsafe_fix(title: Template, *edits: Edit, effects: Iterable[Effect] = (Effect.TEXT,), **values: Any) -> Fix:
    """A fix that wants a human's consent; `effects` names everything that it changes."""
    return Fix(Message(title, values), edits, Safety.UNSAFE, frozenset(effects))


def hint(title: Template, **values: Any) -> Fix:
    """An advice that is shown and never applied."""
    return Fix(Message(title, values), (), Safety.HINT, frozenset())


def leaf_fix(context: Context, title: Template, edit: Edit | tuple[Edit, ...], leaf: Leaf, **values: Any) -> Fix:
    """A safe fix of text in a leaf; unsafe in a heading of a deck with links to anchors, which are made of headings."""
    edits = (edit,) if isinstance(edit, Edit) else edit
    if isinstance(leaf, Heading) and any(link.url.startswith("#") for link in context.of_type(Link)):
        return unsafe_fix(title, *edits, effects=(Effect.TEXT, Effect.ANCHORS), **values)
    return safe_fix(title, *edits, **values)
