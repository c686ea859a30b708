"""Citations in a deck: arXiv ids with the years stated beside them, reference lists, and what the text cites of them.

Matching is generous and accusing is strict: a name anywhere in an entry counts as listed, but only who leads an entry can have
another year there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from decklint.deck.nodes import Heading, Leaf, Link, List, ListItem
from decklint.deck.textview import view_of
from decklint.deck.walk import of_type
from decklint.facts.values import MONTHS, SHORT_MONTHS
from decklint.lang import HAN
from decklint.records import dataclass
from decklint.text import Source, Span

_YEAR = r"(?<![\d.:/])(?P<year>(?:19|20)\d\d)(?!\d|\.\d|\s?[-–—~/年])"

# ---------------------------------------------------------------- arXiv

_ID = r"(?P<id>\d{4}\.\d{4,5}(?!\d)|[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Z]{2})?/\d{7}(?!\d))"
_ADDRESS = re.compile(rf"arxiv\.org/(?:abs|pdf|html)/{_ID}", re.IGNORECASE)
_IN_TEXT = re.compile(rf"\barxiv\s?[:：]\s?{_ID}(?:v\d+)?", re.IGNORECASE)
_INSIDE = re.compile(rf"(?:[,，(（.]|等人?|\bal)\s?{_YEAR}[a-z]?[)）\]]?\s*$")
_BEHIND = re.compile(rf"[)\]]?\s?(?:[,，]|[(（])\s?{_YEAR}[a-z]?\s?(?=[)）\].;；。,，]|\s*$)", re.MULTILINE)
_BEFORE = re.compile(rf"(?:[,，(（.]|等人?|\bal)\s?{_YEAR}[a-z]?[)）\]]?[\s,，.;；:：(（\[]{{0,4}}$")
_LEADING = re.compile(rf"\s*(?:\[\d+\]\s*)?[^\W\d_][^\d\n(（]{{1,120}}[(（]{_YEAR}[a-z]?[)）]")
_WINDOW = 24
_ANY_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d|\.\d)")
_EXPLAINS = re.compile(
    r"(?i:\bproc(?:eedings|\.)|\b(?:conference|workshop|symposium|journal|trans(?:actions|\.)|annals|letters|thesis|book|blog|"
    r"press|technical report|tech report|openreview|biorxiv|revised|originally|first)\b)|会议|期刊|学报|杂志|大会|研讨会|博客|"
    r"首次|最初|"
    r"\b(?:NeurIPS|NIPS|ICML|ICLR|N?AACL|ACL|EMNLP|CVPR|ICCV|ECCV|AAAI|IJCAI|KDD|SIG[A-Z]+|Nature|Science|PNAS|JMLR|TMLR|TPAMI)\b|"
    r"\b(?=[A-Z][a-z]*[A-Z])[A-Za-z]+\s?['’]?\s?(?:\d\d\b|(?:19|20)\d\d)"
)
"""Venues, and other words for an earlier form of a work; also any acronym with a year."""


class DatedId(NamedTuple):
    """An arXiv id and the year that a citation gives it."""

    id: str
    year: int
    span: Span
    """Where the stated year stands."""

    @property
    def posted(self) -> tuple[int, int]:
        """Year and month of the id: `2005.14165` is from May 2020, `cs/0101010` from January 2001."""
        digits = self.id.rpartition("/")[2]
        year = int(digits[:2])
        return year + (1900 if year >= 91 else 2000), int(digits[2:4])

    @property
    def is_impossible(self) -> bool:
        """Whether the stated year lies before the id; what was posted in January may be of the year before."""
        year, month = self.posted
        return 1 <= month <= 12 and self.year < year - (month == 1)


def dated_ids(leaves: Iterable[Leaf], source: Source) -> Iterator[DatedId]:
    """The arXiv ids of a deck with a year that a citation ties to them: in the link's text, beside it, or behind the authors.

    Nothing where a venue, a report or a blog stands in the same block: work is often older than its copy on arXiv.
    """
    for leaf in leaves:
        if "arxiv" in leaf.raw.lower() and not _EXPLAINS.search(leaf.view.text):
            yield from sorted({found.span: found for found in _dated_in(leaf, source)}.values(), key=lambda found: found.span)


def _dated_in(leaf: Leaf, source: Source) -> Iterator[DatedId]:
    view, ids = leaf.view, set()
    for link in of_type(leaf, Link):
        if (address := _ADDRESS.search(link.url)) is None:
            continue
        ids.add(address["id"])
        shown = view_of(link.content)
        if not link.is_address and (match := _INSIDE.search(shown.text)):
            yield DatedId(address["id"], int(match["year"]), shown.span(*match.span("year")))
            continue
        for at in _years_beside(source.text, *link.span):
            yield DatedId(address["id"], int(source.text[slice(*at)]), Span(*at))
    for written in _IN_TEXT.finditer(view.text):
        ids.add(written["id"])
        for at in _years_beside(view.text, *written.span()):
            yield DatedId(written["id"], int(view.text[slice(*at)]), view.span(*at))
    if len(ids) == 1 and len(set(_ANY_YEAR.findall(view.text))) == 1 and (match := _LEADING.match(view.text)):
        yield DatedId(ids.pop(), int(match["year"]), view.span(*match.span("year")))


def _years_beside(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the years directly before `start` and behind `end` stand."""
    window = max(0, start - _WINDOW)
    if match := _BEFORE.search(text[window:start]):
        yield window + match.start("year"), window + match.end("year")
    if match := _BEHIND.match(text, end):
        yield match.span("year")


# ---------------------------------------------------------------- reference lists

_TITLE = re.compile(
    r"[\W\d]*(?:references|reference list|bibliography|works cited|literature cited|参考文献|参考文獻|引用文献)\s*[:：]?"
    r"\s*(?:[(（].{0,20}[)）]|[\d/ⅠⅡIVX]{1,5}|续|cont.{0,10})?\s*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*[\[［【](\d{1,3})[\]］】]")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LEAD, _LEAD_WORDS = 60, 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reference list."""

    text: str
    number: int | None
    """Its own number, or its place in an ordered list."""

    @property
    def years(self) -> set[str]:
        """All years in it; empty where it has none or is forthcoming."""
        return set(_ANY_YEAR.findall(self.text))

    @property
    def words(self) -> set[str]:
        """All its words, in lower case."""
        return {word.lower() for word in _WORD.findall(self.text)}

    @property
    def lead(self) -> list[str]:
        """The first words that can be a family name: of its first author, in one order or the other."""
        names = [word for word in _WORD.findall(self.text[:_LEAD]) if len(word) > 1 and not word.islower()]
        return names[:_LEAD_WORDS]


class References(NamedTuple):
    """The reference list of a deck, and the blocks outside of it, headings among them."""

    entries: list[Entry]
    outside: list[Leaf]

    @property
    def last(self) -> int:
        """The last number where entries are numbered 1, 2, 3 and so on; 0 where numbers are missing or doubled."""
        numbers = [entry.number for entry in self.entries if entry.number is not None]
        return len(numbers) if sorted(numbers) == list(range(1, len(numbers) + 1)) else 0


def references_in(leaves: Sequence[Leaf]) -> References:
    """The blocks below headings like "References", up to the next heading of the same or a higher level."""
    found = References([], [])
    inside, level = False, 0
    for leaf in leaves:
        if isinstance(leaf, Heading) and not (inside and leaf.level > level):
            level = leaf.level
            inside = _TITLE.fullmatch(leaf.view.text) is not None
        if inside and not isinstance(leaf, Heading):
            found.entries.extend(_entries(leaf))
        elif not inside:
            found.outside.append(leaf)
    return found


def _entries(leaf: Leaf) -> Iterator[Entry]:
    """The entries in a block: one a line where lines begin with `[1]`, else the block."""
    text = leaf.view.text
    if not _NUMBERED.match(text):
        yield Entry(text, _place(leaf))
        return
    for part in re.split(r"\n(?=\s*[\[［【]\d)", text):
        match = _NUMBERED.match(part)
        yield Entry(part[match.end() :] if match else part, int(match[1]) if match else None)


def _place(leaf: Leaf) -> int | None:
    item = leaf.parent
    if (
        not isinstance(item, ListItem)
        or not isinstance(item.parent, List)
        or not item.parent.ordered
        or item.blocks[0] is not leaf
    ):
        return None
    items = item.parent.items
    return int(items[0].marker[:-1]) + items.index(item)


# ---------------------------------------------------------------- what is cited

_NAME = r"[A-ZÀ-Þ][^\W\d_]*[a-zß-ÿ](?:[-’'][A-ZÀ-Þ]?[a-zß-ÿ]+)?"
_CITED = re.compile(
    rf"(?<![\w-])(?:(?P<name>{_NAME})"
    rf"(?P<more>\set\sal\b\.?|\s?等人?|(?:,\s{_NAME}){{0,3}},?\s(?:and|&)\s{_NAME})?|(?P<han>[{HAN}]{{2,4}}?)(?:等人?)?)"
    r"(?P<link>,?\s?[(（\[]|[,，]\s?|\s)(?P<year>(?:19|20)\d\d)[a-z]?(?=\s?[)）\];；,，])"
)
_OPENED = re.compile(r"[(（\[［;；]\s?(?:see |e\.g\.,? |cf\.? |from |参见|见)?$")
_SEASONS = ("Spring", "Summer", "Autumn", "Fall", "Winter")
_OTHER_WORDS = ("Since", "Before", "After", "Until", "Figure", "Fig", "Table", "Version", "Source", "In", "From", "By")
_NO_NAMES = frozenset((*MONTHS, *SHORT_MONTHS, *_SEASONS, *_OTHER_WORDS))
_CITED_NUMBER = re.compile(
    rf"(?<![\w)\]∈{chr(0xFFFC)}])(?P<gap>\s?)\[(?P<number>\d{{1,3}})\](?![(\[:：\w])|(?<=[{HAN}])\[(?P<han>\d{{1,3}})\](?![(\[:：])"
)
_COUNTED = re.compile(
    r"(?:阶段|步骤|步|图|表|式|数组|下标|索引|元素|step|stage|eq|case|index|element|shape|array|list|=|size)\.?\s?$",
    re.IGNORECASE,
)


class Cited(NamedTuple):
    """A citation by author and year."""

    name: str
    year: str
    span: Span
    is_marked: bool
    """Unmistakably a citation: "et al.", or two names."""


def cited_names(leaves: Iterable[Leaf]) -> Iterator[Cited]:
    """`(Smith, 2019)`, `Smith et al. (2019)`, `Smith (2019)`, `（张三，2019）`. A bare name and year only within brackets."""
    for leaf in leaves:
        text = leaf.view.text
        for match in _CITED.finditer(text) if _ANY_YEAR.search(text) else ():
            name, marked = match["name"] or match["han"], bool(match["more"])
            bracketed = match["link"].strip(" ,，") != ""
            opened = _OPENED.search(text[: match.start()], max(0, match.start() - 12)) is not None
            if name in _NO_NAMES or (match["han"] and not opened and not bracketed) or not (marked or bracketed or opened):
                continue
            end = match.end() + (bracketed and text[match.end()] in ")）]")
            yield Cited(name, match["year"], leaf.view.span(match.start(), end), marked)


def cited_numbers(leaves: Iterable[Leaf]) -> Iterator[tuple[int, Span]]:
    """`[7]` in a sentence; not `x[7]`, a label that begins a line, or what counts steps and elements."""
    for leaf in leaves:
        text = leaf.view.text
        for match in _CITED_NUMBER.finditer(text) if "[" in text else ():
            group = "number" if match["number"] else "han"
            start, end = match.start(group) - 1, match.end(group) + 1
            line = text[text.rfind("\n", 0, start) + 1 : start]
            if line.strip() and not _COUNTED.search(line):
                yield int(match[group]), leaf.view.span(start, end)
