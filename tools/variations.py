"""Holds the fact engine to what must not happen: a true value in another form is denied, a false one is mended wrongly.

python tools/variations.py              shares, over all established dates and quantities
python tools/variations.py --list       also each true variation without a claim, and each false value that is let pass

`true`: the value of a true example in other forms (1750亿, 175B, 175,000,000,000; 2019年, 2019-02, Feb. 2019; full-width digits).
`placed`: the same where a table, a list, a title or bold type stands around it. `false`: another value in the example, seven
years off or ten times as much, and the sentence once more with the fix. Exit code 1 where something is denied that is true.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from decklint.deck.textview import fold
from decklint.facts.claims import Claim
from decklint.facts.registry import registry
from decklint.facts.values import MONTHS, SHORT_MONTHS, dates_in, quantities_in
from decklint.facts.verdicts import Verdict
from decklint.packs.load import complete
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source

HEAD = "# 例 Example\n\n"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UNITS = {
    1e12: ("万亿", "T", " trillion"),
    1e9: ("B", " billion"),
    1e8: ("亿", " 亿"),
    1e6: ("M", " million"),
    1e4: ("万",),
}
OFF_BY_YEARS, TIMES, LAST_YEAR = 7, 10, 2030
DATED = ("published", "released", "announced", "venue")
PLACES_OF_DATES = (
    "# 表\n\n| 模型 | 发布时间 |\n|---|---|\n| {name} | {value} |\n",
    "# Table\n\n| Name | Released |\n|---|---|\n| {name} | {value} |\n",
    "## {name}\n\n- 发布时间：{value}\n",
    "# 史\n\n**{name}** 于 **{value}** 提出。\n",
    "# 史\n\n{value}，{name} 发布。\n",
    "# History\n\n{name} was released in {value}.\n",
)
PLACES_OF_QUANTITIES = (
    "# 表\n\n| 模型 | {zh} |\n|---|---|\n| {name} | {value} |\n",
    "# Table\n\n| | {name} |\n|---|---|\n| {en} | {value} |\n",
    "## {name}\n\n- {zh}：{value}\n- {en}: {value}\n",
    "# 说明\n\n**{name}** 的{zh}为 **{value}**。\n",
    "# List\n\n- {name}\n  - {zh}: {value}\n",
)


@dataclass(frozen=True)
class Example:
    """A true sentence of the registry, and where in it a value stands that is claimed and confirmed."""

    sentence: str
    owner: str
    attribute: str
    kind: str
    start: int
    end: int

    @property
    def written(self) -> str:
        """The value as it stands there."""
        return self.sentence[self.start : self.end]

    def with_value(self, value: str) -> str:
        """The sentence with another value in its place."""
        return self.sentence[: self.start] + value + self.sentence[self.end :]


def examples() -> Iterator[Example]:
    """Every confirmed date or quantity in the true examples of established facts."""
    for _, fact in stated():
        for sentence in fact.get("good", ()):
            for claim in claims(HEAD + sentence + "\n"):
                attribute, start = claim.attribute, claim.value_span.start - len(HEAD)
                one = Example(sentence, claim.entity.id, attribute.id, attribute.type, start, start + len(claim.written))
                is_plain = one.written == claim.written and re.fullmatch(r"[\w\s,.-]+", claim.written)
                if claim.verdict is Verdict.CONFIRMED and one.kind in ("date", "quantity") and is_plain:
                    yield one


def stated() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every established fact that is a date or a quantity, behind what it is about."""
    known = registry().attributes
    for entity in complete()["entities"]:
        for owner in (entity, *entity.get("variants", ())):
            for fact in owner.get("facts", ()):
                if fact.get("status", "established") == "established" and known[fact["attribute"]].type in ("date", "quantity"):
                    yield owner, fact


def claims(deck: str) -> list[Claim]:
    """The claims of a deck."""
    return DeckView(parse(Source(deck))).claims


def same(example: Example) -> Iterator[str]:
    """Other forms of the value, as exact as it is there or less."""
    written = fold(example.written)
    behind = example.sentence[example.end : example.end + 1]
    is_joined = behind.isascii() and behind.isalpha()
    if example.kind == "date":
        is_chinese = re.search(r"[\u4e00-\u9fff]", example.sentence) is not None
        for date in dates_in(written, 0, len(written)):
            yield from dates(date.iso, is_chinese)
        return
    yield example.written.translate(WIDE)
    for quantity in quantities_in(written, 0, len(written)):
        yield from (form for form in quantities(quantity.value) if not (is_joined and form[-1].isascii() and form[-1].isalpha()))


def dates(iso: str, is_chinese: bool) -> Iterator[str]:
    """The forms of a date: the year, with its month and its day where these are known."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    yield from (f"{year}年", f"{year} 年", f"{year}年".translate(WIDE), f"{year.translate(HAN)}年") if is_chinese else (year,)
    if not month:
        return
    number = int(month)
    yield f"{year}-{month}"
    if is_chinese:
        plain = f"{year}年{number}月"
        yield from (plain, f"{year}年{month}月", f"{year} 年 {number} 月", plain.translate(WIDE))
    else:
        name, short = MONTHS[number - 1], SHORT_MONTHS[number - 1]
        yield from (f"{name} {year}", f"{short}. {year}", f"{short} {year}")
    if day:
        yield iso
        yield f"{year}年{number}月{int(day)}日" if is_chinese else f"{MONTHS[number - 1]} {int(day)}, {year}"


def quantities(value: float) -> Iterator[str]:
    """The forms of a number with all its digits, so that none says less than the others."""
    whole = int(value)
    if whole != value:
        return
    digits = len(str(whole).rstrip("0")) + 3
    yield from (str(whole), f"{whole:,}", f"{whole:,}".translate(WIDE))
    if value < 1e6:
        return
    for scale, units in UNITS.items():
        if value >= scale / 10:
            yield from (f"{value / scale:.{digits}f}".rstrip("0").rstrip(".") + unit for unit in units)
    power = len(str(whole)) - 1
    yield f"{value / 10**power:.{digits}f}".rstrip("0").rstrip(".") + f"×10{str(power).translate(SUPERSCRIPT)}"


def placed() -> Iterator[tuple[str, str, str]]:
    """Decks that state the first value of a fact in some place, each behind the id and the type of attribute."""
    for owner, fact in stated():
        attribute, value = registry().attributes[fact["attribute"]], fact["value"]
        name = owner["aliases"][0]["text"] if owner.get("aliases") else owner.get("name", owner["id"])
        places: tuple[str, ...]
        if attribute.id in DATED:
            forms, places = [*dates(value, True), *dates(value, False)], PLACES_OF_DATES
        elif attribute.type == "quantity":
            forms, places = list(quantities(float(value))), PLACES_OF_QUANTITIES
        else:
            continue
        for number, form in enumerate(dict.fromkeys(forms)):
            deck = places[number % len(places)]
            yield owner["id"], attribute.type, deck.format(name=name, value=form, zh=attribute.name_zh, en=attribute.name_en)


def false(example: Example) -> Iterator[str]:
    """Values that no fact of the thing, of its family or of its papers comes near, in the form of the example."""
    if example.kind == "date":
        facts = registry().facts(registry().entities[example.owner], (*DATED, example.attribute))
        years = {int(year) for fact in facts for value in fact.values for year in re.findall(r"\d{4}", value)}
        if year := re.search(r"\d{4}", example.written):
            others = {int(year[0]) - OFF_BY_YEARS, int(year[0]) + OFF_BY_YEARS} - years
            yield from (example.written.replace(year[0], str(other)) for other in sorted(others) if other < LAST_YEAR)
    elif number := re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(.*)", example.written):
        more = float(number[1].replace(",", "")) * TIMES
        yield f"{more:.12g}{number[2]}"


def said_of_true(deck: str, owner: str, kind: str) -> str:
    """What is said of a deck that states something true: denied anywhere, or the verdict on the value."""
    found = claims(deck)
    if any(claim.verdict is Verdict.CONTRADICTED for claim in found):
        return "denied"
    own = [claim for claim in found if claim.entity.id == owner and claim.attribute.type == kind]
    return own[0].verdict.value if own else "no claim"


def said_of_false(example: Example, value: str) -> str:
    """What is said of a false value: told, with a fix after which the sentence is true, or without; or not told."""
    deck = f"{HEAD}{example.with_value(value)}\n"
    start = example.start + len(HEAD)
    own = [claim for claim in claims(deck) if claim.value_span.start < start + len(value) and claim.value_span.end > start]
    against = next((claim for claim in own if claim.verdict is Verdict.CONTRADICTED), None)
    if against is None:
        return own[0].verdict.value if own else "no claim"
    if not against.right:
        return "told, no fix"
    place = against.value_span
    mended = said_of_true(deck[: place.start] + against.right + deck[place.end :], against.entity.id, example.kind)
    return "told, right fix" if mended == "confirmed" else "wrong fix"


def main() -> int:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    told = [(f"placed {kind}", said_of_true(deck, owner, kind), deck) for owner, kind, deck in placed()]
    for one in dict.fromkeys(examples()):
        decks = [f"{HEAD}{one.with_value(value)}\n" for value in dict.fromkeys(same(one))]
        told += [(f"true {one.kind}", said_of_true(deck, one.owner, one.kind), deck) for deck in decks]
        told += [(f"false {one.kind}", said_of_false(one, value), one.with_value(value)) for value in dict.fromkeys(false(one))]
    counts = Counter((what, how) for what, how, _ in told)
    for what in sorted({what for what, _ in counts}):
        shares = [(how, count) for (kind, how), count in counts.most_common() if kind == what]
        total = sum(count for _, count in shares)
        print(f"{what}: {total}; " + ", ".join(f"{how} {count} ({count / total:.1%})" for how, count in shares))
    wrong = [f"{what}, {how}: {deck!r}" for what, how, deck in told if how in ("denied", "wrong fix")]
    if options.list:
        wrong += [f"{what}, {how}: {deck!r}" for what, how, deck in told if how in ("no claim", "unknown", "told, no fix")]
        wrong += [f"{what}, {how}: {deck!r}" for what, how, deck in told if what.startswith("false") and how == "confirmed"]
    print(*wrong, sep="\n", end="\n" * bool(wrong))
    return 1 if any(how in ("denied", "wrong fix") for _, how, _ in told) else 0


if __name__ == "__main__":
    sys.exit(main())
