"""A citation has a year in which the paper did not appear.

The id of an arXiv paper carries the year and the month in which it was submitted: `2005.14165` is from May 2020, `cs/0101010`
from January 2001. A citation that gives it an earlier year has a wrong year, or its link leads to another paper.

A later year is nothing unusual: conferences come after preprints. Only where the registry knows the paper with all its years
(preprint, conference, journal), another one is reported as well, with the source. A venue, a report or a blog beside the citation
explains an earlier one, and papers that reach arXiv in January may well be of December. Only a year in the form of a citation is
read: in the text of the link, directly beside link or id, or behind the authors at the beginning of the entry.

```deck bad 3:37-3:41
# Word vectors

Contextual vectors [[Miller et al., 2016](https://arxiv.org/abs/1802.05365)] came next, see [Miller et al., 2019](https://arxiv.org/abs/1802.05365).
```

```deck bad 3:7-3:11 5:58-5:62 7:18-7:22
# 参考文献

- 李明等，2018，arXiv:2005.14165

- Attention for tables. arXiv preprint arXiv:1904.09751, 2017.

- Miller, A. B. (2014). Deep pictures. arXiv:1512.03385
```

```deck bad 3:44-3:48
# Language models that learn from prompts

GPT-3 needs a few examples [[Brown et al., 2022](https://arxiv.org/abs/2005.14165)].
```

```deck good
# Right years

- [Brown et al., 2020](https://arxiv.org/abs/2005.14165), [Miller et al., 2021](https://arxiv.org/abs/2005.99999)
- [Miller et al., 2018](https://arxiv.org/abs/1901.02860): written in December
- [Miller et al., 2017](https://arxiv.org/abs/1802.05365), ACL
- Miller, A. (2015). Deep pictures. Proceedings of a conference. arXiv:1712.03385
- In 2017 we began with what later became [our model](https://arxiv.org/abs/2205.14135)
- [The Picture Challenge 2012](https://arxiv.org/abs/1409.0575) 从2010年办到2017年
- [Lee, 2001](https://arxiv.org/abs/cs/0101010), `Lee 1999, arXiv:2005.14165`
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.facts.citations import dated_ids
from decklint.facts.registry import registry
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_IMPOSSIBLE = Template(
    "the citation says {year}, but arXiv:{id} is from {posted}", "引文写作 {year} 年，而 arXiv:{id} 提交于 {posted}"
)
_OTHER_YEAR = Template(
    'the citation says {year}, but "{title}" is from {years}', "引文写作 {year} 年，而《{title}》发表于 {years} 年"
)
_HINT = Template("check the year, and whether the link leads to the paper that is meant", "核对年份，并确认链接指向所引的论文")


@rule("FC005", "citation-year-impossible", severity="warning", since="0.1", zh="引文的年份与论文发表的时间不符。")
def check(context: Context) -> Iterator[Finding]:
    if "arxiv" not in context.source.text.lower():
        return
    known = registry()
    for dated in dated_ids(context.leaves, context.source):
        if dated.is_impossible:
            year, month = dated.posted
            posted = f"{year}-{month:02}"
            yield context.finding(dated.span, _IMPOSSIBLE, fix=hint(_HINT), year=dated.year, id=dated.id, posted=posted)
        elif (paper := known.by_arxiv(dated.id)) and (years := known.years_of(paper)) and dated.year not in years:
            sources = tuple(source for fact in known.facts(paper, ("published",)) for source in fact.sources)
            shown = ", ".join(map(str, sorted(years)))
            yield context.finding(
                dated.span, _OTHER_YEAR, fix=hint(_HINT), sources=sources, year=dated.year, title=paper.name, years=shown
            )
