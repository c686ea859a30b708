"""One thing, one wording: where a deck uses several forms of a word, and which of them is its usual one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from decklint.deck.nodes import Leaf
from decklint.deck.textview import fold
from decklint.deck.walk import slide_of, title
from decklint.lang.prose import Prose, latin
from decklint.lang.vocabulary import each
from decklint.matching import is_bounded
from decklint.packs.load import load
from decklint.records import dataclass, field
from decklint.terms.standing import standing
from decklint.text import Source, Span

_MOST_LINES = 4
_REFERENCES = re.compile(r"references|bibliography|works cited|further reading|参考|文献|延伸阅读|拓展阅读", re.IGNORECASE)
_CITED = re.compile(r"et al\b|\barxiv\b|\bdoi\b|\bpp\.|\bproceedings\b|\bvol\.|^\s*\[\d+\]", re.IGNORECASE)
_LISTED = ("references", "bibliography", "works cited", "further reading", "参考", "文献", "延伸阅读", "拓展阅读")
_CITING = ("et al", "arxiv", "doi", "pp.", "proceedings", "vol.", "[")
_WORDS_OF = {each: latin(each).split() for each in (*_LISTED, *_CITING)}
_QUOTED = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|「[^「」\n]*」|\"(?<!\w.)[^\"\n]*\"|‘[^‘’\n]*’")
_NAMES_BOTH = re.compile(
    r"[又也亦或俗简统通]称|[又也]叫|称[为作之]|译[为作成法名]|翻译|中文|别名|旧称|即|不是|而非|区别|区分|不同于|错误|误作|混用"
)
_SENTENCE_END = re.compile(r"[。！？!?\n]|\.\s")
_BESIDE = 8  # characters: two forms with less between them stand there as a pair
_BEFORE = 6


@dataclass(slots=True, eq=False)
class Use:
    """One use of a form at a place of a leaf's visible text."""

    form: str
    leaf: Leaf
    start: int
    end: int
    _span: Span | None = field(default=None, repr=False, kw_only=True)

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        if self._span is None:
            self._span = self.leaf.view.span(self.start, self.end)
        return self._span


@dataclass(frozen=True, slots=True)
class Mixed:
    """Several forms of one thing in a deck: the usual one, and the uses of the others."""

    usual: str
    others: tuple[Use, ...]
    uses: tuple[Use, ...]
    decided: bool
    """Whether the usual form is used more often than any other, or known to be right; else it is only the first."""

    def reports(self, source: Source) -> Iterator[tuple[Use, str, str]]:
        """Each use of another form, the lines in which that form stands, and those of the usual one: `3, 8, 12, …`."""
        found: dict[str, set[int]] = {}
        for use in self.uses:
            found.setdefault(use.form, set()).add(source.line(use.span.start))
        shown = {form: _listed(sorted(lines)) for form, lines in found.items()}
        for use in self.others:
            yield use, shown[use.form], shown[self.usual]


def _listed(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")


def own_words(prose: Prose) -> Prose:
    """The leaves in which a deck speaks itself: no citations, no slides of references."""
    citing, listed_by = ([each for each in some if prose.words.issuperset(_WORDS_OF[each])] for some in (_CITING, _LISTED))
    cited = {leaf for leaf in prose.containing(citing) if _CITED.search(leaf.view.text)}
    slides = {slide.number: slide for slide in map(slide_of, prose.containing(listed_by))}
    listed = {number for number, slide in slides.items() if _REFERENCES.search(title(slide))}
    if not (cited or listed):
        return prose
    return Prose(leaf for leaf in prose.leaves if leaf not in cited and not (listed and slide_of(leaf).number in listed))


class Quotes:
    """The places of a text that lie in quotation marks or in the title of a work: others chose the words."""

    def __init__(self, text: str) -> None:
        places = [match.span() for match in _QUOTED.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def hold(self, start: int, end: int) -> bool:
        """Whether a place lies in one of them."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


def quotes_of(prose: Prose) -> Quotes:
    """The places of a deck's text that are quoted. No quotation reaches over a line, so none reaches over a leaf."""
    return Quotes(prose.text)


def mixed(uses: Sequence[Use], right: Collection[str] = ()) -> Mixed | None:
    """What is mixed among the uses of one thing; `right` names forms that are known to be right, whatever the deck prefers."""
    counts = Counter(use.form for use in uses)
    if len(counts) < 2:
        return None
    known = [form for form in counts if form in right]
    if len(known) == 1:
        usual, decided = known[0], True
    else:
        (usual, most), (_, second) = counts.most_common(2)
        decided = most > second
    return Mixed(usual, tuple(use for use in uses if use.form != usual), tuple(uses), decided)


@dataclass(frozen=True, slots=True)
class TermUses:
    """The uses of the wordings that the packs call equally right, by term, in source order."""

    uses: dict[str, list[Use]]
    introduced: frozenset[str]
    """The terms of which the deck introduces two wordings ("又称…", or one beside the other): it knows what it does."""


def term_uses(prose: Prose, fewest: int = 1) -> TermUses:
    """Which of the wordings that are equally right a deck uses in its own words: of terms with so many of them at least."""
    groups = _groups()
    forms = prose.once(standing) & groups.keys()
    counts = Counter(groups[form] for form in forms)
    own = frozenset(prose.once(own_words).leaves)
    found: dict[str, list[Use]] = {}
    introduced: set[str] = set()
    last: dict[str, Use] = {}
    for group, use in _uses_in(prose, [form for form in forms if counts[groups[form]] >= fewest]):
        if use.leaf not in own:
            continue
        before = last.get(group)
        if _is_introduction(use, before if before is not None and before.leaf is use.leaf else None):
            introduced.add(group)
        last[group] = use
        found.setdefault(group, []).append(use)
    return TermUses(found, frozenset(introduced))


def mixed_terms(prose: Prose) -> Iterator[Mixed]:
    """The terms for which a deck uses several wordings, and does not introduce them."""
    terms = term_uses(prose, 2)
    for group, uses in terms.uses.items():
        found = mixed(uses) if group not in terms.introduced else None
        if found is not None:
            yield found


def is_paired(form: str) -> bool:
    """Whether a form holds one of the wordings that the packs call equally right."""
    folded = fold(form)
    return any(known in folded for known in _groups())


def _is_introduction(use: Use, before: Use | None) -> bool:
    """Whether a use stands there to tell another name of a thing."""
    text = use.leaf.view.text
    if before is None or before.form == use.form:
        return bool(_NAMES_BOTH.search(text[max(0, use.start - _BEFORE) : use.start]))
    between = text[before.end : use.start]
    return not _SENTENCE_END.search(between) and (len(between) < _BESIDE or bool(_NAMES_BOTH.search(between)))


@cache
def _groups() -> dict[str, str]:
    """The term that each folded wording belongs to."""
    return {fold(form): term["id"] for term in load()["terms"] if "equal" in term for form in (term["right"], *term["equal"])}


def _uses_in(prose: Prose, forms: Sequence[str]) -> Iterator[tuple[str, Use]]:
    """The uses of some forms, none of which reaches over a line, outside quotations."""
    groups, text = _groups(), prose.text

    def accept(start: int, end: int, form: str) -> Iterator[tuple[str, Use]]:
        if is_bounded(text, start, end) and not prose.once(quotes_of).hold(start, end):
            leaf, at = prose.place(start)
            yield groups[form], Use(text[start:end], leaf, at, at + end - start)

    yield from each(forms, prose, accept)
