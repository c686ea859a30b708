"""Latin names that are written in several ways: `LLaMA3` and `LLaMA 3`, `GPT4` and `GPT-4`, `Open AI` and `OpenAI`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from decklint.deck.nodes import Leaf
from decklint.deck.textview import fold
from decklint.lang.prose import Prose
from decklint.packs.load import load
from decklint.terms.consistency import Quotes, Use, own_words
from decklint.text import Span

_KINDS = frozenset({"model", "product", "software", "hardware", "dataset", "benchmark", "organisation"})
_VERSIONED = re.compile(
    r"([A-Za-z](?<![\w.@#/\\+&-].)(?<![A-Za-z] .)[A-Za-z]{1,11})([ -]?)(\d{1,4}(?:\.\d{1,2})?[a-z]?)"
    r"(?![\w/\\@%°+*=^×]|[.,:]\d|-\w| ?[-–~]\d|\.\w| [+*/=×<>] )"
)
_WORD = re.compile(r"[A-Z](?<![\w.@#/\\&+-].)[A-Za-z]+(?:[ -][A-Z][A-Za-z]+)?(?![\w/\\@(\[+]|-\w|\.\w| \d|[’'](?!s))")
_COUNTED = re.compile(
    r" ?(?:[多余几]?[个张台块种次类年月日号页章节步层万亿千百核倍只条款项门位名份]"
    r"|[KMGTkmg]?B\b|[a-z]{2,}s\b|bits?\b|GPUs?\b|million|billion)"
)


def spellings(prose: Prose, wrong: Sequence[Span], *, single: bool = False) -> Mapping[str, list[Use]]:
    """The uses of each name that a deck writes in several ways, by its letters and digits alone; with `single` of every name.

    Places in `wrong` are left out: another rule speaks of them.
    """
    own = prose.once(own_words)
    suspect = _candidates(own, 1 if single else 2)
    taken = sorted((span.start, span.end) for span in wrong)
    starts = [start for start, _ in taken]
    found: dict[str, list[Use]] = {}
    for leaf in dict.fromkeys(own.place(at)[0] for at in sorted(at for places in suspect.values() for at in places)):
        quotes = Quotes(leaf.view.text)
        for use in (*_versioned(leaf, quotes), *_compounds(leaf, quotes)):
            letters = _letters(use.form)
            if letters not in suspect:
                continue
            last = bisect_left(starts, use.span.end) - 1  # wrong forms do not overlap
            if (last >= 0 and use.span.start < taken[last][1]) or _is_broken(use):
                continue
            found.setdefault(letters, []).append(use)
    return {letters: uses for letters, uses in found.items() if not are_several({use.form for use in uses})}


def _candidates(prose: Prose, fewest: int) -> dict[str, list[int]]:
    """Where what may be a name stands, by its letters, for those with so many forms at least."""
    forms: dict[str, list[int]] = {}
    for match in _VERSIONED.finditer(prose.text):
        forms.setdefault(match[0], []).append(match.start())
    for match in _WORD.finditer(prose.text):
        for form, start in _parts(match[0], match.start()):
            forms.setdefault(form, []).append(start)
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(_letters(form), []).append(form)
    return {letters: [at for form in some for at in forms[form]] for letters, some in groups.items() if len(some) >= fewest}


def known_forms() -> frozenset[str]:
    """The names that the packs know to be right, as written."""
    return frozenset(form for forms in _known().values() for form in forms)


def _versioned(leaf: Leaf, quotes: Quotes) -> Iterator[Use]:
    """Names with a number: those with two capitals (`GPT`, `ResNet`), or of a family that the registry knows (`Llama`)."""
    text = leaf.view.text
    for match in _VERSIONED.finditer(text):
        name, gap, number = match.groups()
        is_family = name[0].isupper() and name.lower() in _families()
        if not (is_family or _has_shape(name)):
            continue
        if gap == " " and (not is_family or _COUNTED.match(text, match.end()) or len(number) == 4):
            continue  # `CPU 0`, `Llama 2 papers`, `NeurIPS 2017`
        if not quotes.hold(*match.span()):
            yield Use(match[0], leaf, match.start(), match.end())


def _compounds(leaf: Leaf, quotes: Quotes) -> Iterator[Use]:
    """Names of letters alone; with a gap only those that the packs know, as `SimpleCPU` in code is a simple CPU in words."""
    for match in _WORD.finditer(leaf.view.text):
        written = match[0]
        for form, start in _parts(written, match.start()):
            is_parted = " " in form or "-" in form
            if quotes.hold(start, start + len(form)) or (_letters(form) not in _known() if is_parted else len(form) < 5):
                continue
            if not form.isupper():
                yield Use(form, leaf, start, start + len(form))
            if is_parted:
                break


def _parts(written: str, start: int) -> Iterator[tuple[str, int]]:
    """Two words together, then each of them."""
    yield written, start
    if gap := re.search("[ -]", written):
        yield written[: gap.start()], start
        yield written[gap.end() :], start + gap.end()


def are_several(forms: Collection[str]) -> bool:
    """Whether two of the forms are names on their own: LLaMA became Llama when it turned 2."""
    return sum(form.isalpha() and form in _heads() for form in forms) > 1


def _has_shape(name: str) -> bool:
    """Whether a word is no word of a language: two capitals, one of them not the first."""
    return sum(map(str.isupper, name)) > 1


def _is_broken(use: Use) -> bool:
    """Whether markup stands inside the name: then its parts are no spelling."""
    return use.span.end - use.span.start != use.end - use.start


def _letters(form: str) -> str:
    joined = form.replace(" ", "").replace("-", "")
    return joined.lower() if joined.isascii() else fold(joined)


@cache
def _known() -> Mapping[str, frozenset[str]]:
    """The right forms of names by their letters."""
    found: dict[str, set[str]] = {}
    for name in _names():
        found.setdefault(_letters(name), set()).add(name)
    return {letters: frozenset(forms) for letters, forms in found.items()}


@cache
def _families() -> frozenset[str]:
    """The words that the registry's names with a number begin with."""
    return frozenset(match[1].lower() for name in _names() if (match := re.match(r"([A-Za-z]{3,})[ -]?\d", name)))


@cache
def _heads() -> frozenset[str]:
    """The first words of all names that the packs know."""
    return frozenset(match[0] for name in _names() if (match := re.match(r"[A-Za-z]+", name)))


def _names() -> Iterator[str]:
    book = load()
    for entity in book["entities"]:
        if entity["kind"] in _KINDS:
            yield entity["name"]
            yield from (alias["text"] for owner in (entity, *entity.get("variants", ())) for alias in owner.get("aliases", ()))
        elif entity["kind"] == "person":
            yield from (alias["text"].split()[-1] for alias in entity.get("aliases", ()))
    yield from (term["right"] for term in book["terms"] if term["kind"] == "name")
