"""Settings for a single slide, below its slide break, are shown as text.

In Slidev a slide may begin with settings of its own: `---`, `layout: two-cols`, `class: lead`, `---`. Marp knows front matter
only at the top of the file. To Marp the first line of dashes is a slide break, and the second one makes a heading of what
stands between them: the audience reads "layout: two-cols class: lead" in large letters. Without the second line, as in
remark, it reads the settings above the text.

In Marp the settings of one slide stand in a comment, with an underscore: `<!-- _class: lead -->`. Layouts do not exist; a class
of the theme or a `<style scoped>` takes their place. Nothing is changed by itself, because only some of such settings have a
counterpart.

```deck bad 11:1-12:12
---
marp: true
theme: gaia
---

# Sorting

Why order matters

---
layout: two-cols
class: lead
---

# Quicksort
```

```deck bad 9:1-9:15
---
marp: true
---

# 图像分类

---

_class: invert

---

# 卷积
```

```deck bad 4:1-4:14
# Quicksort

---
class: invert

# Pivot
```

```deck good
# Classes, orders, families

---

class: mammals
order: primates
family: great apes
---

# And a term in a title

---

title: the first thing that they read
---
```

```deck good
# 写在注释里

---

<!-- _class: lead -->

# 只作用于这一页
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.directives import DIRECTIVES
from decklint.deck.nodes import Heading, Leaf
from decklint.deck.opening import settings_of_slides
from decklint.findings import Finding, Fix, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_SHOWN = Template(
    "Marp has no front matter for single slides: these settings are shown as text",
    "Marp 没有单页的 front matter：这些设置会当作正文显示",
)
_COMMENT = Template(
    'write a comment in their place, below one slide break: "{settings}"', "只留一条分页线，在它下面改用注释：“{settings}”"
)
_NONE = Template(
    "take them away, or use a class of the theme: <!-- _class: NAME -->", "删除它们，或改用主题的类：<!-- _class: 类名 -->"
)
_SETTING = re.compile(r"""[ \t]*["']?_?(\w+)["']?[ \t]*:[ \t]++(\S.*)""")


@rule("MP035", "front-matter-per-slide", severity="error", since="0.1", zh="分页线下面的单页设置会当作正文显示。")
def check(context: Context) -> Iterator[Finding]:
    for leaf in settings_of_slides(context.deck):
        end = leaf.underline.start if isinstance(leaf, Heading) and leaf.underline else leaf.span.end
        text = context.source.text[leaf.span.start : end]
        yield context.finding(Span(leaf.span.start, leaf.span.start + len(text.rstrip())), _SHOWN, fix=_advice(leaf))


def _advice(leaf: Leaf) -> Fix:
    """The settings that Marp knows for a slide, as the comment that sets them."""
    found = [match for line in leaf.raw.split("\n") if (match := _SETTING.fullmatch(line))]
    local = [match for match in found if match[1] in DIRECTIVES and DIRECTIVES[match[1]].scope == "local"]
    lines = [f"_{match[1]}: {match[2].rstrip()}" for match in local]
    if not lines:
        return hint(_NONE)
    return hint(_COMMENT, settings=f"<!-- {lines[0]} -->" if len(lines) == 1 else "; ".join(lines))
