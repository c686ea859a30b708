"""Half-width marks in Chinese sentences: which of them an editor would make full-width, told by the sentence around each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Leaf
from decklint.deck.textview import OPAQUE
from decklint.findings import Edit
from decklint.lang import HAN
from decklint.lang.habits import unbroken
from decklint.lang.prose import Prose
from decklint.lang.sentences import is_chinese_sentence, is_foreign_run, sentence_at
from decklint.text import Span

Place = tuple[Leaf, Span, str, tuple[Edit, ...], str]
"""The leaf, where the mark stands, the mark, what to change, and the mark as it should be."""

FULL = {",": "，", ";": "；", "?": "？", "!": "！", ":": "：", ".": "。", "()": "（）"}
"""The full-width form of each mark."""
_MARK = re.compile(
    rf"(?<=[{HAN}）】》”’])[,;?!]+(?![,;?!)\s.…\"])"  # 任务,如
    rf"|(?<=[{HAN}）】》”’])[?!]+(?=\s*$)|(?<=[{HAN}）】》”’]);(?=\s*$)"  # at the end of a line
    rf"|(?<=[{HAN}）】》”’])[,;?!](?= [{HAN}])"  # 缺页, 更好
    rf"|(?<=[A-Za-z0-9)%{OPAQUE}])[,;](?= ?[{HAN}“《])"  # GPU,以及
    r"|(?<=[A-Za-z0-9)])\?(?=\s*$)",  # 多少块GPU?
    re.MULTILINE,
)
_REFERENCE = re.compile(r"[(（]\d{4}[a-z]?[)）]|[,，.] ?\d{4}\b|\bet al|等, ?|&|\bpp?\. ?\d|\d+ ?\(\d+\)", re.ASCII)
_TUPLE = re.compile(r"[(（\[{][^()（）\[\]{}]*$")
_ASKS = re.compile(r"什么|怎|如何|为何|吗|呢|多少|多大|多长|哪|谁|是否|几")
_CALL = re.compile(r"\w\([^()]*\)$")
_HAN = re.compile(f"[{HAN}]")
_AROUND = 300  # characters on each side in which a citation is recognised
_SHORTEST, _LONG = 3, 5  # Han characters: between two commas stands a clause; one of them is longer than a name
_CLAUSE = 6  # Han characters before a full stop: with fewer it is a label
_PAUSE = re.compile(  # where a mark may begin: what must not follow it is asked in its leaf
    rf"[,;?!](?:(?<=[{HAN}）】》”’].)|(?<=[A-Za-z0-9)%{OPAQUE}].)(?= ?[{HAN}“《])|(?<=[A-Za-z0-9)]\?))"
)
_STOP = re.compile(rf"\.(?<=[{HAN}）】》”’].)(?=\s*$| [{HAN}“《])", re.MULTILINE)
_COLON = re.compile(rf":(?:(?<=[{HAN}）】》”’].)(?=(?: ?[{HAN}“《（])|\s*$)|(?<=[A-Za-z0-9)%].)(?= ?[{HAN}“《]))", re.MULTILINE)
_BRACKET = re.compile(rf"\((?<![\])}}{OPAQUE}].)(?=[^()\n]*[{HAN}][^()\n]*\))")
_GLOSS = re.compile(rf"\((?:(?<=[{HAN}].)|(?<=[{HAN}] .))(?=[^()\n{HAN}]*[A-Za-z]{{3}}[^()\n{HAN}]*\))")
_FULL_GLOSS = re.compile(rf"（(?<=[{HAN}].)[^（）\n{HAN}]*[A-Za-z]{{3}}[^（）\n{HAN}]*）")
_CALLED = re.compile(r"[A-Za-z_][\w.]*$|(?<![A-Za-z])[A-Za-z] $", re.ASCII)
_CODE = re.compile(r"[=<>{}\[\]\\|$_:/]")
_COMPARISON = re.compile(r"(?<=[\w)]) ?(?:[<>]=?|=) ?(?=-?\d)")
_VOLUME = re.compile(r"\d ?\(\d+\)$")  # 31(5): the pages of a citation follow
_WIDE = re.compile("[，。；：？！、]")
_FOLLOWED = re.compile(rf" [{HAN}A-Za-z0-9]")
_CALL_ROOM = 40  # characters: no name is longer
_CONDITION = re.compile("[如若当则]")
_MARKUP = re.compile(r"[=<>{}\[\]\\|]")


def pauses(prose: Prose, wanted: str) -> Iterator[Place]:
    """Those of `,;?!` that are wanted."""
    for leaf in prose.holding(_PAUSE):
        text = leaf.view.text
        for match in _MARK.finditer(text):
            if match[0][0] in wanted and _is_prose(leaf, match):
                yield _place(leaf, *match.span(), "".join(FULL[char] for char in match[0]))


def stops(prose: Prose) -> Iterator[Place]:
    """Points that end a Chinese clause: at the end of a line, or with more of the same text behind them."""
    for leaf in prose.holding(_STOP):
        text = leaf.view.text
        for match in _STOP.finditer(text):
            at = match.start()
            rest = text[match.end() : match.end() + _AROUND].partition("\n")[0]
            start, _ = sentence_at(text, at)
            is_clause = len(_HAN.findall(text, start, at)) >= _CLAUSE and is_chinese_sentence(text[start:at])
            goes_on = not rest.strip() or "，" in rest or "。" in rest
            if (
                is_clause
                and goes_on
                and not is_foreign_run(text, at)
                and not _REFERENCE.search(text, max(0, at - _AROUND), at + _AROUND)
            ):
                yield _place(leaf, at, match.end(), "。")


def colons(prose: Prose) -> Iterator[Place]:
    """Colons behind Chinese: no times, ratios, code or addresses, and none behind a Latin label alone, as `key: 键`."""
    for leaf in prose.holding(_COLON):
        text = leaf.view.text
        for match in _COLON.finditer(text):
            at = match.start()
            start, end = sentence_at(text, at)
            has_chinese = _HAN.search(text, start, at) is not None and is_chinese_sentence(text[start:end])
            chinese = _HAN.match(text[at - 1]) or text[at - 1] in "）】》”’" or has_chinese
            before, after = text[max(0, at - 12) : at], text[at + 1 : at + 9]
            if chinese and not (is_foreign_run(text, at) or _CODE.search(before + after) or _VOLUME.search(before)):
                yield _place(leaf, at, at + 1, "：")


def brackets(prose: Prose) -> Iterator[Place]:
    """Pairs of round brackets that hold Chinese, but no call (`f(甲)`), tuple (`(甲, 乙)`) or code."""
    for leaf, at, end in _pairs(prose, _BRACKET):
        text = leaf.view.text
        inside = text[at + 1 : end]
        is_tuple = "," in inside and not _WIDE.search(inside)
        if not (is_tuple or _CALLED.search(text, max(0, at - _CALL_ROOM), at)):
            yield leaf, leaf.view.span(at, end + 1), "()", _bracket_edits(leaf, at, end), "（）"


def glosses(prose: Prose) -> Iterator[Place]:
    """Pairs of round brackets behind Chinese that hold a word in Latin letters: often they may be as they are."""
    for leaf, at, end in _pairs(prose, _GLOSS):
        yield leaf, leaf.view.span(at, end + 1), "()", _bracket_edits(leaf, at, end), "（）"


def full_glosses(prose: Prose) -> int:
    """How many such pairs are full-width."""
    return len(_FULL_GLOSS.findall(prose.text))


def _pairs(prose: Prose, opening: re.Pattern[str]) -> Iterator[tuple[Leaf, int, int]]:
    """Pairs of brackets in their leaf, with nothing like code between them."""
    for leaf in prose.holding(opening):
        text = leaf.view.text
        for match in opening.finditer(text):
            end = text.find(")", match.start())
            if end > 0 and not _CODE.search(text, match.end(), end):
                yield leaf, match.start(), end


def _bracket_edits(leaf: Leaf, at: int, end: int) -> tuple[Edit, Edit]:
    """Full-width brackets bring their own room: spaces outside them go, but not where markup stands between."""
    view, text = leaf.view, leaf.view.text
    left = unbroken(leaf, at - 1, at + 1) if at > 1 and text[at - 1] == " " and text[at - 2].isalpha() else None
    begins_line = not text[:at].rpartition("\n")[2].strip()
    right = unbroken(leaf, end, end + 2) if not begins_line and _FOLLOWED.match(text, end + 1) else None
    return Edit(left or view.span(at, at + 1), "（"), Edit(right or view.span(end, end + 1), "）")


def _place(leaf: Leaf, start: int, end: int, better: str) -> Place:
    """A mark and its full-width form, which needs no space behind it."""
    text = leaf.view.text
    shown = leaf.view.span(start, end)
    span = unbroken(leaf, start, end + 1) if text[end : end + 1] == " " else None
    return leaf, shown, text[start:end], (Edit(span or shown, better),), better


def _is_prose(leaf: Leaf, match: re.Match[str]) -> bool:
    """Whether the mark is punctuation of a Chinese sentence: no list of names or numbers, no code-like run around it."""
    text, at = leaf.view.text, match.start()
    before, after = text[max(0, at - 40) : at], text[match.end() : match.end() + 12]
    if len(set(match[0])) > 1 or _MARKUP.search(_COMPARISON.sub("", f"{before[-12:]},{after}")):
        return False
    start, end = sentence_at(text, at)
    sentence = text[start:end]
    if not re.match(f"[{HAN}）】》”’]", text[at - 1]):
        if not is_chinese_sentence(sentence) or (match[0] == "?" and not _ASKS.search(sentence)):
            return False
        if match[0] == ";" and _CALL.search(before):
            return False
    if is_foreign_run(text, at) or re.search(r"\w\([^)]*$", before):
        return False
    if after.startswith(" ") and match[0] in ",;":
        return not (_REFERENCE.search(text, max(0, at - _AROUND), at + _AROUND) or _TUPLE.search(before)) and _has_clauses(
            sentence
        )
    return True


def _has_clauses(sentence: str) -> bool:
    """Whether the half-width marks of a sentence part clauses and not the names or values of a list."""
    parts = re.split("[,;] ", sentence)
    if _CONDITION.search(sentence) and any(map(_COMPARISON.search, parts)):
        return True  # 若 x < 0, 则返回
    lengths = [len(_HAN.findall(part)) for part in parts]
    return min(lengths) >= _SHORTEST and max(lengths) >= _LONG
