"""Binds the values in the cells of a table: one head names the thing, the other what is told about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from decklint.deck.nodes import Leaf, Table, TableCell, TableRow
from decklint.facts.agents import agents_in, judge_organisations
from decklint.facts.binding import Binding
from decklint.facts.entities import Attribute
from decklint.facts.mentions import Mention
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence
from decklint.facts.subjects import Surroundings
from decklint.facts.values import Quantity, dates_in, quantities_in, rescaled, standing_alone
from decklint.facts.verdicts import Verdict, judge_date, judge_quantity
from decklint.findings import Confidence

_UNIT = re.compile(
    r"[(（\[]?\s*(?:in\s|单位[:：]?\s*)?(万亿|千亿|百亿|十亿|亿|百万|千万|万|billions?|millions?|thousands?|bn|[bmk])\s*[)）\]]?\s*$"
)
_SCALES = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4,
    "b": 1e9, "m": 1e6, "t": 1e3, "k": 1e3,
}  # fmt: skip
_YEAR = re.compile(
    r"\s*(?P<zh>首次|发布|发表|提出|问世|推出|开源|诞生)*\s*(?:年份|时间|日期|年)\s*"
    r"|\s*(?:year|date)?\s*(?:of\s)?(?P<en>released?|publication|published|proposed|introduced|launch(?:ed)?)?\s*(?:year|date|in)?\s*"
)
_MAKER = re.compile(
    r"\s*(?:机构|公司|开发者|开发商|研发机构|发布机构|提出者|组织|厂商|组织机构|organi[sz]ations?|company|developer|"
    r"developed by|vendor|maker|by|creator)\s*"
)
DATES = ("published", "released", "announced", "venue")
_BIG = frozenset(("parameters", "training_tokens", "dataset_size"))


def bind_cells(sentence: Sentence, around: Surroundings, registry: Registry) -> Iterator[Binding]:
    """What a cell says; `sentence` is the whole cell, and it names nothing itself but makers."""
    heads = _heads(sentence.leaf)
    if heads is None:
        return
    row, column = heads
    for thing, about in ((row, column), (column, row)):
        mentions = around.mentions_of(thing)
        things = [mention for mention in mentions if not mention.entity.is_agent]
        if len({m.entity.id for m in things}) != 1 or not around.names_only(thing) or around.mentions_of(about):
            continue
        mention = Mention(things[0].entity, sentence.start, sentence.start, thing.view.span(things[0].start, things[0].end))
        yield from _told(sentence, mention, around.folded(about), around, registry)


def _heads(cell: object) -> tuple[TableCell, TableCell] | None:
    """The cell at the beginning of the row and the one at the top of the column; None in a head."""
    row = getattr(cell, "parent", None)
    table = getattr(row, "parent", None)
    if not isinstance(cell, TableCell) or not isinstance(row, TableRow) or not isinstance(table, Table) or row.is_header:
        return None
    at, top = row.blocks.index(cell), table.blocks[0]
    if at == 0 or not isinstance(top, TableRow) or at >= len(top.blocks):
        return None
    left, above = row.blocks[0], top.blocks[at]
    return (left, above) if isinstance(left, TableCell) and isinstance(above, TableCell) else None


def _tells_of_births(cell: Leaf, around: Surroundings, registry: Registry) -> bool:
    """Whether a column headed by no more than "year" gives some other thing its right year."""
    table = cell.parent.parent if cell.parent is not None else None
    rows = (
        [row.blocks for row in table.blocks if isinstance(row, TableRow) and cell not in row.blocks]
        if isinstance(table, Table)
        else []
    )
    at = cell.parent.blocks.index(cell) if isinstance(cell.parent, TableRow) else 0
    for cells in rows[1:]:
        named = around.mentions_of(cells[0]) if isinstance(cells[0], Leaf) else ()
        other = cells[at] if at < len(cells) else None
        years = list(dates_in(text := around.folded(other), 0, len(text))) if isinstance(other, Leaf) else []
        if len(named) == len(years) == 1:
            facts = registry.facts(named[0].entity, DATES)
            if judge_date(years[0], facts, years[0].iso).verdict is Verdict.CONFIRMED:
                return True
    return False


def _told(sentence: Sentence, mention: Mention, head: str, around: Surroundings, registry: Registry) -> Iterator[Binding]:
    year = _YEAR.fullmatch(head) if head.strip() else None
    if year is not None:
        if year["zh"] or year["en"] or _tells_of_births(sentence.leaf, around, registry):
            yield from _date(sentence, mention, registry)
    elif _MAKER.fullmatch(head):
        yield from _maker(sentence, mention, registry)
    else:
        attribute = _named_by(head, registry.attributes.values())
        if attribute is not None and mention.entity.kind in attribute.kinds - {"architecture"}:
            yield from _quantities(sentence, mention, attribute, head, registry)


def _named_by(head: str, attributes: Iterable[Attribute]) -> Attribute | None:
    bare = _UNIT.sub("", head).strip(" #*:：数量")
    found = [
        attribute
        for attribute in attributes
        if attribute.type == "quantity"
        and any(bare in (word, word.strip("数量")) for word in (*attribute.cues, *attribute.units))
    ]
    return found[0] if len(found) == 1 else None


def _date(sentence: Sentence, mention: Mention, registry: Registry) -> Iterator[Binding]:
    dates = list(dates_in(sentence.text, sentence.start, sentence.end))
    if len(dates) != 1:
        return
    (date,) = dates
    written = sentence.leaf.view.text[date.start : date.end]
    judged = judge_date(date, registry.facts(mention.entity, DATES), written)
    yield Binding(mention, registry.attributes["published"], date.start, date.end, Confidence.MEDIUM, judged)


def _maker(sentence: Sentence, mention: Mention, registry: Registry) -> Iterator[Binding]:
    agents = agents_in(sentence)
    attribute = registry.attributes["organisation"]
    if len(agents) != 1 or not agents[0].organisations or mention.entity.kind not in attribute.kinds:
        return
    named = agents[0].organisations
    judged = judge_organisations(named, registry.facts(mention.entity, ("organisation",)), registry)
    yield Binding(mention, attribute, named[0].start, named[-1].end, Confidence.MEDIUM, judged)


def _quantities(sentence: Sentence, mention: Mention, attribute: Attribute, head: str, registry: Registry) -> Iterator[Binding]:
    found = standing_alone(list(quantities_in(sentence.text, sentence.start, sentence.end)), sentence.text)
    judged: list[Binding] = []
    unit = _UNIT.search(head)
    scale = _SCALES.get(unit[1], _SCALES.get(unit[1][0], 1.0)) if unit else 1.0
    for quantity in found:
        scaled = rescaled(quantity, sentence.text, scale) if scale != 1.0 and quantity.digits_end == quantity.end else quantity
        if (attribute.id in _BIG and scaled.value < 10_000) or _is_beside_words(sentence, quantity, attribute):
            continue
        written = sentence.leaf.view.text[quantity.start : quantity.end]
        verdict = judge_quantity(scaled, registry.facts(mention.entity, (attribute.id,)), written)
        if scaled is not quantity and verdict.right:
            verdict = verdict._replace(right="")
        judged.append(Binding(mention, attribute, quantity.start, quantity.end, Confidence.MEDIUM, verdict))
    if any(each.judgement.verdict is Verdict.CONFIRMED for each in judged):  # `8 / 256`: the others tell of a part
        judged = [each for each in judged if each.judgement.verdict is Verdict.CONFIRMED]
    yield from judged


def _is_beside_words(sentence: Sentence, quantity: Quantity, attribute: Attribute) -> bool:
    """Whether a cell says more than the number: `8 × 7B`, `671B (37B active)`, `12 (encoder)`."""
    rest = sentence.text[sentence.start : quantity.start] + sentence.text[quantity.end : sentence.end]
    for unit in sorted(attribute.units, key=len, reverse=True):
        rest = rest.replace(unit, "")
    return re.search(r"[^\s\d.,/、约~≈+\-个bmktBMKT亿万-]", rest) is not None
