"""For authors of rules and parsers: runs the examples in the documentation of rules, and holds a tree to its invariants.

An example is a fence in the docstring of a rule's file: `deck good` must give no finding of the rule, `deck bad 3:1-3:5 7:2-7:4`
must give one at each place (line:column, the end behind the last character), `deck fixed` shows what the bad example before it
becomes when all its fixes are applied. `deck options` holds settings, as a settings file has them, for the example behind it.
Files named after `beside` lie beside the deck; `img/a.png@300x200` is a picture of that many pixels.
"""

from __future__ import annotations

import re
import struct
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from decklint.config.choice import choose
from decklint.config.reading import Layer
from decklint.config.resolve import resolve
from decklint.deck.deck import Deck
from decklint.deck.nodes import Comment, Node, Text
from decklint.deck.walk import walk
from decklint.engine import check_deck
from decklint.findings import Finding, Safety
from decklint.fixing import Fixed, fix
from decklint.parse import parse
from decklint.records import dataclass
from decklint.rule import Judgement, Rule
from decklint.text import Source, Span

_FENCE = re.compile(r"^(`{3,})deck (good|bad|fixed|options)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_EVERY_FIX = (Safety.SAFE, Safety.UNSAFE)


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what it is (`good`, `bad`, `fixed`), the places that it names, its text, its line in the docstring."""

    kind: str
    places: tuple[str, ...]
    text: str
    line: int
    before: str = ""
    """For `fixed`: the bad example that it belongs to."""
    beside: tuple[str, ...] = ()
    """The files that lie beside the deck."""
    settings: str = ""
    """The settings under which it holds, as TOML."""


def examples(rule: Rule) -> Iterator[Example]:
    """The examples in a rule's documentation, in order."""
    bad = settings = ""
    beside: tuple[str, ...] = ()
    named = False
    for match in _FENCE.finditer(rule.documentation):
        kind, text = match[2], match[4]
        line = rule.documentation.count("\n", 0, match.start()) + 1
        places, _, files = match[3].partition(" beside ")
        if kind == "options":
            settings, named = text, True
        elif kind == "fixed":
            yield Example(kind, (), text, line, bad, beside, settings)
        else:
            settings, named = settings if named else "", False
            bad, beside = (text, tuple(files.split())) if kind == "bad" else (bad, beside)
            yield Example(kind, tuple(places.split()), text, line, "", tuple(files.split()), settings)


def problems(rule: Rule, example: Example) -> list[str]:
    """What is wrong with an example; nothing if it holds."""
    try:
        judgement = _judgement(rule, example.settings)
    except ValueError as error:
        return [f"`deck options` does not hold settings: {error}"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deck.md")
        path.write_text(example.before or example.text, encoding="utf-8")
        _lay_out(Path(folder), example.beside)
        if example.kind == "good":
            found = _check(rule, example.text, path, judgement)
            return [f"unexpected finding at {_place(example.text, each)}: {each.message.text()}" for each in found]
        if example.kind == "fixed":
            return _problems_of_fix(rule, example, path, judgement)
        places = [_place(example.text, finding) for finding in _check(rule, example.text, path, judgement)]
        wrong = (
            []
            if places == list(example.places)
            else [f"findings at {' '.join(places) or 'no place'}, not {' '.join(example.places)}"]
        )
        return wrong + _unsettled(rule, example.text, path, judgement)


def _judgement(rule: Rule, settings: str) -> Judgement:
    """What settings ask of a rule that is run.

    Raises:
        ValueError: the text is not valid.
    """
    if not settings:
        return Judgement()
    from decklint.config.schema import Invalid, checked

    try:
        values = checked(tomllib.loads(settings))
    except Invalid as error:
        raise ValueError("; ".join(problem for _, problem in error.problems)) from None
    run = Layer("the example", Path(), {"extend-select": [rule.code]})
    return choose(resolve([Layer("deck options", Path(), values), run], Path())).judgement


def _lay_out(folder: Path, files: tuple[str, ...]) -> None:
    for file in files:
        name, _, size = file.partition("@")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_picture(*map(int, size.split("x"))) if size else b"")


def _picture(width: int, height: int) -> bytes:
    """The beginning of a PNG, which says how large it is."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 0, 0, 0, 0)


def violations(deck: Deck) -> list[str]:
    """The invariants of `decklint.deck.nodes` that a tree breaks; nothing if it keeps them all."""
    found = [problem for slide in deck.slides for node in (slide, *walk(slide)) for problem in _violations_of(node, deck.source)]
    starts = [slide.span.start for slide in deck.slides]
    ends = [slide.span.end for slide in deck.slides]
    if front := deck.front_matter:
        found += _violations_of_settings(front, front.settings, front.key_spans, front.value_spans)
    if [slide.number for slide in deck.slides] != list(range(1, len(deck.slides) + 1)):
        found.append("the slides are not numbered from 1 on")
    if starts != [0, *ends[:-1]] or ends[-1] != len(deck.source.text):
        found.append("the slides do not cover the deck one after the other")
    return found


def _violations_of(node: Node, source: Source) -> Iterator[str]:
    if not 0 <= node.span.start <= node.span.end <= len(source.text):
        yield f"{node!r}: no such range"
    for child in node.children:
        if not node.span.contains(child.span):
            yield f"{child!r} is not inside {node!r}"
        if child.parent is not node:
            yield f"{child!r} has another parent than {node!r}"
    if isinstance(node, Comment):
        yield from _violations_of_settings(node, node.settings, node.key_spans, node.value_spans)
    for left, right in pairwise(node.children):
        if left.span.end > right.span.start:
            yield f"{left!r} overlaps {right!r}"
    if isinstance(node, Text):
        written = source.slice(node.span)
        if len(written) == len(node.value) and written != node.value:
            yield f"{node!r} is not what stands there: {written!r}"
        elif len(written) != len(node.value) and written[:1] not in ("\\", "&"):
            yield f"{node!r} is neither an escape nor an entity: {written!r}"


def _violations_of_settings(
    node: Node, settings: Mapping[str, object], keys: Mapping[str, Span], values: Mapping[str, Span]
) -> Iterator[str]:
    if not settings.keys() == keys.keys() == values.keys():
        yield f"{node!r}: not every setting has a place"
    if not all(node.span.contains(span) for span in (*keys.values(), *values.values())):
        yield f"{node!r}: a setting is not inside"


def apply_fixes(rule: Rule, text: str, path: Path, judgement: Judgement | None = None) -> Fixed:
    """A text with all fixes of a rule applied, safe or not, as often as they find something to do."""

    def checked(deck: Deck) -> list[Finding]:
        return check_deck(deck, [rule], judgement=judgement)

    return fix(text, lambda t: parse(Source(t, path.as_posix())), checked, _EVERY_FIX)


def _problems_of_fix(rule: Rule, example: Example, path: Path, judgement: Judgement) -> list[str]:
    fixed = apply_fixes(rule, example.before, path, judgement).text
    return [] if fixed == example.text else [f"the fix makes:\n{fixed}"]


def _unsettled(rule: Rule, text: str, path: Path, judgement: Judgement) -> list[str]:
    """Whether fixing goes on for ever, or changes what the fix does not declare."""
    once = apply_fixes(rule, text, path, judgement)
    twice = apply_fixes(rule, once.text, path, judgement)
    wrong = [] if once.text == twice.text and not once.cycle else ["fixing again changes the text again"]
    for refusal in once.refused:
        effects = ", ".join(sorted(effect.value for effect in refusal.effects))
        wrong.append(f"the fix at {_place(text, refusal.finding)} changes {effects} and does not declare it")
    return wrong


def _check(rule: Rule, text: str, path: Path, judgement: Judgement) -> list[Finding]:
    return check_deck(parse(Source(text, path.as_posix())), [rule], judgement=judgement)


def _place(text: str, finding: Finding) -> str:
    source = Source(text)
    start, end = map(source.position, finding.span)
    return f"{start.line}:{start.column}-{end.line}:{end.column}"
