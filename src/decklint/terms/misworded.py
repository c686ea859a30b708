"""Known expansions of acronyms that are written wrong."""

from __future__ import annotations

from collections.abc import Sequence

from decklint.records import dataclass
from decklint.terms.acronyms import Meaning, Pair, key, meanings
from decklint.terms.wording import Word, same, slips, spells


@dataclass(frozen=True, slots=True)
class Misworded:
    """A known expansion written wrong: the range of its words in the view, and what each wrong part should be."""

    pair: Pair
    start: int
    end: int
    meaning: Meaning
    changes: tuple[tuple[int, int, str], ...]


def misworded(pair: Pair) -> Misworded | None:
    """How a pair's words differ from a known expansion of its acronym by a slip; nothing if they are one, or another thing."""
    known = meanings().get(key(pair.acronym), ())
    words = pair.words
    split = [m for m in known for tail in _tails(pair, words, m) if same(tail, m.words) and _is_split(pair, tail, m)]
    if not split and any(same(tail, m.words) for m in known for tail in _tails(pair, words, m)):
        return None
    best: Misworded | None = None
    for meaning in known:
        for tail in _tails(pair, words, meaning):
            found = _changes(pair, tail, meaning, meaning in split)
            if found and (best is None or len(found) < len(best.changes)):
                best = Misworded(pair, tail[0].start, tail[-1].end, meaning, found)
    return best


def _tails(pair: Pair, words: Sequence[Word], meaning: Meaning) -> list[Sequence[Word]]:
    """The words that could be a wording of a meaning: all, or the last ones, as many as it has, one more or one less."""
    count = len(meaning.words)
    if pair.exact:
        return [words] if words and abs(len(words) - count) <= 1 else []
    return [words[-size:] for size in (count, count + 1, count - 1) if 1 < size <= len(words)]


def _is_split(pair: Pair, tail: Sequence[Word], meaning: Meaning) -> bool:
    """Whether a compound is cut in two, so that the words have more letters to lend than the acronym takes."""
    text = pair.leaf.view.text[tail[0].start : tail[-1].end].replace("-", "")
    return len(tail) > len(meaning.words) and spells(pair.acronym, meaning.text) and not spells(pair.acronym, text)


def _changes(pair: Pair, tail: Sequence[Word], meaning: Meaning, split: bool) -> tuple[tuple[int, int, str], ...]:
    if split:
        return ((tail[0].start, tail[-1].end, meaning.text),) if same(tail, meaning.words) else ()
    found = slips(tail, meaning.words)
    if not pair.exact and any(slip.light and tail[slip.start].text.islower() for slip in found):
        return ()  # "machine-learned (ML) models": an adjective, no expansion
    return tuple((tail[slip.start].start, tail[slip.end - 1].end, slip.right) for slip in found)
