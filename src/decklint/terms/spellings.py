"""Latin names that are written in several ways: `LLaMA3` and `LLaMA 3`, `GPT4` and `GPT-4`, `Open AI` and `OpenAI`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from decklint.deck.textview import fold
from decklint.lang.prose import Prose
from decklint.packs.load import load
from decklint.terms.consistency import Use, own_words, quotes_of
from decklint.text import Span

_KINDS = frozenset({"model", "product", "software", "hardware", "dataset", "benchmark", "organisation"})
_VERSIONED = re.compile(
    r"([A-Za-z](?<![\w.@#/\\+&-].)(?<![A-Za-z] .)[A-Za-z]{1,11})([ -]?)(\d{1,4}(?:\.\d{1,2})?[a-z]?)"
    r"(?![\w/\\@%°+*=^×]|[.,:]\d|-\w| ?[-–~]\d|\.\w| [+*/=×<>] )"
)
_WORD = re.compile(r"([A-Z](?<![\w.@#/\\&+-].)[A-Za-z]+)(?:[ -][A-Z][A-Za-z]+)?(?![\w/\\@(\[+]|-\w|\.\w| \d|[’'](?!s))")
_COUNTED = re.compile(
    r" ?(?:[多余几]?[个张台块种次类年月日号页章节步层万亿千百核倍只条款项门位名份]"
    r"|[KMGTkmg]?B\b|[a-z]{2,}s\b|bits?\b|GPUs?\b|million|billion)"
)
_SHORTEST = 5  # letters of a name without a number or a gap: shorter words are written in many ways


def spellings(prose: Prose, wrong: Sequence[Span], *, single: bool = False) -> Mapping[str, list[Use]]:
    """The uses of each name that a deck writes in several ways, by its letters and digits alone; with `single` of every name.

    Places in `wrong` are left out: another rule speaks of them.
    """
    own = prose.once(own_words)
    taken = sorted((span.start, span.end) for span in wrong)
    starts = [start for start, _ in taken]
    found: dict[str, list[Use]] = {}
    for letters, named in own.once(_named).items():
        if not single and (len(named) < 2 or len({form for form, _ in named}) < 2):
            continue
        uses = [use for form, at in named if (use := _use(own, form, at)) and not (taken and _is_wrong(use, taken, starts))]
        if uses and not are_several({use.form for use in uses}):
            found[letters] = uses
    return found


def _use(prose: Prose, form: str, at: int) -> Use | None:
    """The use of a name at an offset of the prose; None in a quotation, and where markup stands inside: that is no spelling."""
    if prose.once(quotes_of).hold(at, at + len(form)):
        return None
    leaf, start = prose.place(at)
    use = Use(form, leaf, start, start + len(form))
    return use if use.span.end - use.span.start == len(form) else None


def _is_wrong(use: Use, taken: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    """Whether a use shares characters with one of some ranges, which do not overlap."""
    last = bisect_left(starts, use.span.end) - 1
    return last >= 0 and use.span.start < taken[last][1]


def _named(prose: Prose) -> Mapping[str, list[tuple[str, int]]]:
    """The names in a text by their letters and digits alone: each form and where it stands. No pattern reaches over a line."""
    places = (*_versioned(prose.text), *_compounds(prose.text))
    letters = {form: _letters(form) for form in {form for form, _ in places}}
    found: dict[str, list[tuple[str, int]]] = {}
    for place in places:
        found.setdefault(letters[place[0]], []).append(place)
    return found


@cache
def known_forms() -> frozenset[str]:
    """The names that the packs know to be right, as written."""
    return frozenset(form for forms in _known().values() for form in forms)


def _versioned(text: str) -> Iterator[tuple[str, int]]:
    """Names with a number: those with two capitals (`GPT`, `ResNet`), or of a family that the registry knows (`Llama`)."""
    families = _families()
    for match in _VERSIONED.finditer(text):
        name, gap, number = match.groups()
        if name.islower():
            continue
        is_family = name[0].isupper() and name.lower() in families
        if not (is_family or _has_shape(name)):
            continue
        if gap == " " and (not is_family or _COUNTED.match(text, match.end()) or len(number) == 4):
            continue  # `CPU 0`, `Llama 2 papers`, `NeurIPS 2017`
        yield match[0], match.start()


def _compounds(text: str) -> Iterator[tuple[str, int]]:
    """Names of letters alone; with a gap only those that the packs know, as `SimpleCPU` in code is a simple CPU in words."""
    known = _known()
    for match in _WORD.finditer(text):
        written, (start, gap) = match[0], match.span(1)
        if gap == match.end():
            if _is_compared(written):
                yield written, start
        elif _letters(written) in known:
            if not written.isupper():
                yield written, start
        else:
            one, other = match[1], written[gap - start + 1 :]
            if _is_compared(one):
                yield one, start
            if _is_compared(other):
                yield other, gap + 1


def _is_compared(word: str) -> bool:
    return len(word) >= _SHORTEST and not word.isupper()


def are_several(forms: Collection[str]) -> bool:
    """Whether two of the forms are names on their own: LLaMA became Llama when it turned 2."""
    return len(forms) > 1 and sum(form.isalpha() and form in _heads() for form in forms) > 1


def _has_shape(name: str) -> bool:
    """Whether a word is no word of a language: two capitals, one of them not the first."""
    return sum(map(str.isupper, name)) > 1


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
