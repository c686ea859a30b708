"""A citation and the deck's own reference list do not agree.

`[7]` leads nowhere in a list of six, and `(Smith, 2019)` is not found below "References" where Smith stands with 2018. One of
the two is wrong, or an entry is missing; only the author can tell which.

Only slides called "References", "Bibliography", "参考文献" and the like are read as a list, and only where it is complete in its
kind: numbered from 1 on and cited by number elsewhere, or with authors and years. A name that the list does not have at all is
reported only where it is marked as a citation ("et al.", two names) and most of the deck's citations are in the list.

```deck bad 3:35-3:38
# Attention

It was known before [1] and named [4] later.

---

# References

1. A. Miller. Looking at words. 2014.
2. B. Jones. Looking again. 2015.
3. C. Brown. Looking away. 2016.
```

```deck bad 3:12-3:23 4:10-4:29 5:11-5:30
# Attention

It is old (Smith, 2019) and well understood (Miller & Jones, 2014).
Then see Brawn et al. (2016), Baker et al. (2011), (Miller, 2014),
and also (Harper et al., 2015), and Jones (2015).

---

## References (1/2)

- Smith, J. (2018). Seeing. *Journal of Views*.
- Miller, A., & Jones, B. (2014). Looking at words.

---

## References (2/2)

- Jones, B. (2015). Looking again.
- Brown, C. and others (2016). Looking away.
- Baker, C. and others (2011). Looking down.
```

```deck bad 3:8-3:15
# 注意力

这一想法很早（李明，2019）就有了。

---

# 参考文献

- [1] 李明, 王红. 看词的方法[J]. 学报, 2018.
- [2] 张华. 再看一次[J]. 学报, 2016.
- [3] 赵丽. 不再看[J]. 学报, 2017.
```

```deck good
# Attention

In [3] and [1], later (Smith, 2018; see Jones, 2015). The shape [7], an index x[7], [1, 10], step [9]: none of these.
Written in Paris (March 2019) by somebody (Paris, 2019). GPT-2 (2019) is not in the list, nor is AlexNet (2012).

---

# Further reading

- Harper, D. (2011). Beyond.

---

# References

- [1] Smith, J. (2018). Seeing.
- [2] Jones, B. (2015). Looking again. Also as Brown and Jones, 2016.
- [3] Brown, C. (2016, reprinted 2019). Looking away.
```

```deck good
# Without a list

Smith (2019) is cited as [7].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.facts.citations import Cited, Entry, References, cited_names, cited_numbers, references_in
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_NO_NUMBER = Template(
    "[{number}] is cited, the reference list ends with [{count}]", "引用了 [{number}]，而参考文献只列到 [{count}]"
)
_YEAR = Template(
    '"{written}" is cited, the reference list has {name} with {listed}',
    "引用写作“{written}”，参考文献中 {name} 的年份是 {listed}",
)
_NAME = Template(
    '"{name}" is cited, the reference list has "{listed}" of {year}', "引用了“{name}”，参考文献中 {year} 年的是“{listed}”"
)
_MISSING = Template('"{written}" is cited and not in the reference list', "引用了“{written}”，参考文献中没有列出")
_HINT = Template("make citation and reference list agree", "使引用与参考文献一致")
_FEWEST = 3  # entries that make a list, and citations found in it that show what it is for
_COMPLETE = 0.75  # the share of citations found in a list that is meant to have them all
_SHORTEST, _ALIKE = 5, 0.8  # names that are compared letter by letter


@rule("FC006", "citation-differs", severity="warning", since="0.1", zh="引用与本稿的参考文献不一致。")
def check(context: Context) -> Iterator[Finding]:
    references = references_in(context.leaves)
    if len(references.entries) >= _FEWEST:
        yield from _by_number(context, references)
        yield from _by_name(context, references)


def _by_number(context: Context, references: References) -> Iterator[Finding]:
    cited = list(cited_numbers(references.outside))
    if references.last >= _FEWEST and any(1 <= number <= references.last for number, _ in cited):
        for number, span in cited:
            if number > references.last:
                yield context.finding(span, _NO_NUMBER, fix=hint(_HINT), number=number, count=references.last)


def _by_name(context: Context, references: References) -> Iterator[Finding]:
    entries = [entry for entry in references.entries if entry.years]
    if len(entries) < _FEWEST:
        return
    cited = list(cited_names(references.outside))
    listed = [any(_is_listed(this, entry) for entry in entries) for this in cited]
    complete = sum(listed) >= max(_FEWEST, _COMPLETE * sum(this.is_marked for this in cited))
    known = set().union(*(entry.words for entry in references.entries))
    for this, found in zip(cited, listed, strict=True):
        if not found:
            yield from _judged(context, this, entries, known, complete)


def _is_listed(this: Cited, entry: Entry) -> bool:
    return this.year in entry.years and this.name.lower() in entry.words


def _judged(context: Context, this: Cited, entries: list[Entry], known: set[str], complete: bool) -> Iterator[Finding]:
    """A name that leads entries of other years; a name like one of that year; a name that is nowhere."""
    written = context.source.slice(this.span)
    if years := sorted({year for entry in entries if this.name in entry.lead for year in entry.years}):
        yield context.finding(this.span, _YEAR, fix=hint(_HINT), written=written, name=this.name, listed=", ".join(years))
    elif this.name.lower() in known:
        return
    elif alike := _alike(this, entries):
        yield context.finding(this.span, _NAME, fix=hint(_HINT), name=this.name, listed=alike, year=this.year)
    elif this.is_marked and complete:
        yield context.finding(this.span, _MISSING, fix=hint(_HINT), written=written)


def _alike(this: Cited, entries: list[Entry]) -> str | None:
    """The only leading name of that year that is spelt almost as the cited one."""
    from difflib import SequenceMatcher

    names = {name for entry in entries if this.year in entry.years for name in entry.lead if len(name) >= _SHORTEST}
    alike = [n for n in names if n[0] == this.name[0] and SequenceMatcher(None, n, this.name).ratio() >= _ALIKE]
    return alike[0] if len(alike) == 1 and len(this.name) >= _SHORTEST else None
