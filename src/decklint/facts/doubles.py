"""What a deck says twice of one thing, in two ways that cannot both be right, whether or not the registry knows the thing.

Only where the form leaves no doubt what is told of whom: a paper with conference and year, the years of a life, a year in which
something was proposed or founded, and numbers of an entity for which the registry has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from decklint.deck.nodes import Leaf
from decklint.deck.textview import fold
from decklint.facts.bind_venues import Venue, venues_in
from decklint.facts.claims import Claim
from decklint.facts.reading import Passage, read
from decklint.facts.registry import Registry, registry
from decklint.facts.values import quantities_in
from decklint.facts.verdicts import Verdict
from decklint.lang.prose import Prose
from decklint.text import Span


class Statement(NamedTuple):
    """One value that a deck gives to something: `key` tells what of whom, `value` is compared."""

    key: tuple[str, str]
    value: tuple[str, ...]
    name: str
    written: str
    span: Span


class Double(NamedTuple):
    """A statement, and one of the same deck that it contradicts."""

    here: Statement
    other: Statement


_QUOTED = re.compile(r"[“\"《「‘]([^“”\"《》「」\n]{4,160})[”\"》」’]")
_SHORT_NAME = re.compile(r"[(（]([a-z][\w-]*(?: [a-z][\w-]*){0,3})[)）]\s*[,.:，。]?\s*(?:in\s)?\s*$")
_TITLE = re.compile(r"[^.,;:，。；：\"“”()（）\n]{24,160}")
_LIFE = re.compile(
    r"(?P<name>[A-Z][\w'-]+(?: [A-Z][\w.'-]*){1,3}|[\u4e00-\u9fff·]{2,12})\s?[(（]\s?(?P<from>1[0-9]\d\d|"
    r"20\d\d)\s?[-–—~至]\s?(?P<to>1[0-9]\d\d|20\d\d)\s?(?:年)?[)）]"
)
_ZH = re.compile(
    r"(?P<name>[^\s，,。：:；、“”《》（）()]{2,20}?)(?:最早|首次|最初)?(?:是|由[^，,]{1,16}?)?(?:于|在|诞生于|成立于|始建于|创立于|创办于|创建于)\s?"
    r"(?P<year>1[0-9]\d\d|20\d\d)\s?年(?:由[^，,]{1,16}?|被)?(?:首次|正式)?(?P<verb>提出|发明|诞生|成立|创立|创办|创建|问世|出版|发明)"
)
_ZH_IN = re.compile(
    r"(?P<name>[^\s，,。：:；、“”《》（）()]{2,20}?)(?P<verb>诞生|成立|创立|创办|创建)于\s?(?P<year>1[0-9]\d\d|20\d\d)\s?年"
)
_EN = re.compile(
    r"(?:the )?(?P<name>[a-z][\w' -]{2,40}?) (?:was|were) (?:first |originally )?(?P<verb>proposed|invented|founded|"
    r"established|introduced|discovered) "
    r"(?:by [^,.;]{2,40}? )?in (?P<year>1[0-9]\d\d|20\d\d)\b(?!\s?[-–])"
)
_NAME = r"(?P<name>(?=\S*[A-Z]\S*[A-Z\d])[A-Z][\w.+-]*(?:[ -][A-Z\d][\w.+-]*){0,2})"
_RELEASED = re.compile(
    rf"{_NAME}\s?(?:发布|发表|推出|问世|提出|开源)于\s?(?P<year>20\d\d|19\d\d)\s?年|{_NAME.replace('name', 'en')} (?:was|"
    rf"were) (?:released|published|introduced|proposed) in (?P<en_year>20\d\d|19\d\d)\b"
)
_HAS = re.compile(
    rf"{_NAME}\s?(?:一?共?有|拥有|包含|由|has|have|的(?:参数量|参数|层数)[是为达]?)\s?(?:约|"
    rf"about )?(?P<number>\d[\d.,]*\s?(?:万亿|亿|万|[bmk]illion|million|billion|[BMK](?![a-z]))?)"
    r"\s?个?\s?(?P<unit>层|参数|专家|layers|parameters|experts|attention heads|$|(?=[，。,.]))"
)
_AT = re.compile(rf"{_NAME}\s*(?:的?论文)?\s*(?:发表|收录|was published|was presented|appeared)\s?(?:于|在|at|in)\s*$")
_DIGIT = re.compile(r"\d")
_LIVED = re.compile(r"[(（]\s?(?:1[0-9]|20)\d\d\s?[-–—~至]")
_YEAR = re.compile(r"[12][0-9]\d\d")
_COUNTS = re.compile(r"[有含由se量数是为达]\s?(?:约|about )?\d")
"""What the forms above have in them, each beginning with a set of characters, to which the engine runs; the last: `_HAS`."""
_MARKS = re.compile(r"[ +*-]*")
_NO_NAME = re.compile(
    r"[它其这该此那]|.*(?:公司|模型|算法|方法|论文|概念|理论|思想|技术)$(?<=^.{2})|(?:it|they|this|that|these|which|who|he|she|we|idea|concept|term|method|model|company)\b"
)
_MOST_VALUES = 16
"""Values of one thing beyond which a deck does not contradict itself but tells of many things."""
_COUNTED = frozenset(("dataset_size", "classes", "parameters", "vocabulary_size", "experts", "context_length"))


def doubles_in(prose: Prose, claims: Iterable[Claim]) -> list[Double]:
    """The contradictions of a deck with itself: at every place, or where most places agree at the others."""
    reading = prose.once(read)
    known = reading.known
    statements = [statement for leaf in prose.holding(_DIGIT) for statement in _stated(reading.of(leaf), known)]
    found = list(_clashes(statements, lambda one, other: one.value != other.value))
    found += _clashes(sorted(_counted(claims, known), key=lambda s: s.span), _differ)
    return sorted({double.here.span: double for double in found}.values(), key=lambda double: double.here.span)


def _clashes(statements: Iterable[Statement], differ: Callable[[Statement, Statement], bool]) -> Iterator[Double]:
    told: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        told.setdefault(statement.key, []).append(statement)
    for same in told.values():
        times = Counter(statement.value for statement in same)
        if len(times) > _MOST_VALUES:
            continue
        first = {statement.value: statement for statement in reversed(same)}
        for value, one in first.items():
            others = [other for other in times if differ(one, first[other])]
            if others and 2 * sum(times[other] for other in others) >= len(same):
                against = min((first[other] for other in others), key=lambda statement: statement.span)
                yield from (Double(here, against) for here in same if here.value == value)


def _stated(passage: Passage, known: Registry) -> Iterator[Statement]:
    text = passage.leaf.view.text
    if passage.venues_as_written:
        yield from _references(passage, known)
    if _LIVED.search(text):
        yield from _lives(passage.leaf)
    is_dated = _YEAR.search(passage.folded) is not None
    if not is_dated and not _COUNTS.search(text):
        return
    for start, end in passage.stated:
        if is_dated:
            yield from _births(passage, start, end)
        yield from _named(passage.leaf, start, known)


def _lives(leaf: Leaf) -> Iterator[Statement]:
    """`Alan Turing (1912-1954)`."""
    for match in _LIFE.finditer(leaf.view.text):
        if 20 <= int(match["to"]) - int(match["from"]) <= 110:
            start, end = match.start("from"), match.end("to")
            written = leaf.view.text[start:end]
            years = match["from"], match["to"]
            yield Statement((fold(match["name"]), "life"), years, match["name"], written, leaf.view.span(start, end))


def _births(passage: Passage, start: int, end: int) -> Iterator[Statement]:
    """`X was proposed in 1975`, at the beginning of a sentence."""
    view, folded = passage.leaf.view, passage.folded
    at = _behind_marks(folded, start, end)
    for pattern in (_ZH, _ZH_IN, _EN):
        match = pattern.match(folded, at, end)
        if match and not _NO_NAME.match(match["name"]):
            name = view.text[match.start("name") : match.end("name")]
            yield Statement((match["name"], match["verb"]), (match["year"],), name, match["year"], view.span(*match.span("year")))


def _named(leaf: Leaf, start: int, known: Registry) -> Iterator[Statement]:
    """`YOLOv3 发布于2018年`, `Falcon-40B has 60 layers`: a sentence begins with a name that the registry does not know."""
    view = leaf.view
    at = _behind_marks(view.text, start, len(view.text))
    if not "A" <= view.text[at : at + 1] <= "Z":
        return
    if released := _RELEASED.match(view.text, at):
        name, place = released["name"] or released["en"], released.span("year" if released["year"] else "en_year")
        if not _is_known(name, known):
            yield Statement((fold(name), "year"), (view.text[slice(*place)],), name, view.text[slice(*place)], view.span(*place))
    elif (has := _HAS.match(view.text, at)) and not _is_known(has["name"], known):
        unit = _UNITS.get(has["unit"], has["unit"]) or view.text[has.end("name") : has.start("number")].strip("的为是达 ")
        place = has.span("number")
        number = fold(has["number"]).rstrip(" .,")
        yield Statement((fold(has["name"]), unit), (number,), has["name"], has["number"].strip(), view.span(*place))


def _behind_marks(text: str, start: int, end: int) -> int:
    marks = _MARKS.match(text, start, end)
    return marks.end() if marks else start


def _is_known(name: str, known: Registry) -> bool:
    """Whether the registry answers for a name."""
    return fold(name) in known.names


_UNITS = {"层": "layers", "层数": "layers", "参数": "parameters", "参数量": "parameters", "专家": "experts"}


def _references(passage: Passage, known: Registry) -> Iterator[Statement]:
    """The papers that a leaf cites with conference and year, one line each."""
    folded, start = passage.folded, 0
    conferences = {venue for group in known.attributes["venue"].exclusive for venue in group}
    for line in folded.splitlines(keepends=True):
        venues = venues_in(passage.venues_as_written, folded, start, start + len(line.rstrip("\n")))
        if len(venues) == 1 and venues[0].id in conferences:
            yield from _titles(passage, start, venues[0])
        start += len(line)


def _titles(passage: Passage, start: int, venue: Venue) -> Iterator[Statement]:
    view = passage.leaf.view
    before, text = passage.folded[start : venue.start], view.text
    places = [(m.start(1), m.end(1)) for m in _QUOTED.finditer(before)]
    said = _AT.search(text[start : venue.start])
    places += [said.span("name")] if said else []
    short = _SHORT_NAME.search(before)
    places += [(short.start(1), short.end(1))] if short else []
    places += [m.span() for m in _TITLE.finditer(before) if len(m[0].split()) > 3] if not places else []
    for begin, stop in places:
        key = " ".join(re.findall(r"\w+", before[begin:stop]))
        name = text[start + begin : start + stop].strip(" .,")
        written = f"{registry().shown('venue', venue.id, 'en')} {venue.year}"
        yield Statement((key, "venue"), (venue.id, venue.year), name, written, view.span(venue.start, venue.end))


_RATIO = re.compile(r"(?:倍|times|x|×|fold)$", re.IGNORECASE)


def _counted(claims: Iterable[Claim], known: Registry) -> Iterator[Statement]:
    """Numbers of things for which the registry has none that is established."""
    counted = [claim for claim in claims if claim.attribute.id in _COUNTED and not _RATIO.search(claim.written)]
    together = Counter((claim.entity.id, claim.attribute.id, id(claim.leaf)) for claim in counted)
    for claim in counted:
        entity, attribute = claim.entity, claim.attribute
        if together[entity.id, attribute.id, id(claim.leaf)] > 1:
            continue  # two numbers in one line are of two parts: shared experts and routed ones
        open_question = claim.verdict is Verdict.DISPUTED or (
            claim.verdict is Verdict.UNKNOWN and not known.facts(entity, (attribute.id,))
        )
        if open_question and not entity.members:
            yield Statement((entity.id, attribute.id), (fold(claim.written),), entity.name, claim.written, claim.value_span)


def _differ(one: Statement, other: Statement) -> bool:
    first = next(quantities_in(one.value[0], 0, len(one.value[0])), None)
    second = next(quantities_in(other.value[0], 0, len(other.value[0])), None)
    if first is None or second is None:
        return False
    return first.high < second.low * 0.85 or second.high < first.low * 0.85
