"""A directive about a background says something about a picture that no slide has.

`backgroundPosition`, `backgroundRepeat` and `backgroundSize` tell how the picture of the directive `backgroundImage` is laid out.
On a slide without that directive they do nothing, and they have no say about pictures written as `![bg](sea.png)` either: these
take their size from words beside `bg`, and are always centred.

A theme may read these directives itself (`var(--background-size)`, `[data-background-size]`); then the rule is silent.

```deck bad 2:1-2:15
---
backgroundSize: contain
---

# The sea

![bg](sea.png)
```

```deck bad 7:6-7:25
# 海洋

![bg](sea.png)

---

<!-- _backgroundPosition: left -->

# 没有背景图片的一页
```

```deck good
---
backgroundSize: contain
---

# A later slide has the picture

---

<!-- _backgroundImage: url(sea.png) -->
<!-- _backgroundPosition: "" -->

# 海洋
```

```deck good
---
backgroundRepeat: repeat-x
style: |
  section { background: url(wave.svg) var(--background-repeat); }
---

# The deck's own style reads it
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from decklint.deck.nodes import Comment, Image, StyleBlock
from decklint.deck.walk import slide_of
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_NO_PICTURE = Template(
    '"{key}" does nothing without "backgroundImage", which no slide here has',
    "没有“backgroundImage”，“{key}”不起作用，而这里的幻灯片都没有",
)
_BG = Template(
    '"{key}" does nothing here: it is for the picture of "backgroundImage", not for "![bg](…)"',
    "“{key}”在这里不起作用：它只管“backgroundImage”的图片，不管“![bg](…)”",
)
_NAME_IT = Template('name the picture with "{image}: url(…)"', "用“{image}: url(…)”指定图片")
_BESIDE_BG = Template('write the size beside "bg", such as "![bg {value}](…)"', "把大小写在“bg”旁边，例如“![bg {value}](…)”")
_READ_BY_STYLES = re.compile(r"--background-(?:position|repeat|size)\b|data-background-(?:position|repeat|size)\b")
_SIZE = re.compile(r"auto|contain|cover|\d+%")
_NAMES = ("backgroundPosition", "backgroundRepeat", "backgroundSize")


class _Setting(NamedTuple):
    key: str
    value: Any
    span: Span
    slide: int


@rule("MP041", "directive-without-effect", severity="warning", since="0.1", zh="背景指令不起作用：没有对应的背景图片。")
def check(context: Context) -> Iterator[Finding]:
    settings = [setting for setting in _settings(context) if setting.value not in ("", "none", None)]
    if not settings or context.tools.has_own_engine or _is_read_by_styles(context):
        return
    with_picture = {slide.number for slide in context.deck.slides if slide.directives.get("backgroundImage")}
    with_bg = {slide_of(image).number for image in context.of_type(Image) if image.is_background}
    for setting in settings:
        if _is_for_one_of(setting, with_picture):
            continue
        background = _is_for_one_of(setting, with_bg)
        if background and setting.key.endswith("Size") and _SIZE.fullmatch(str(setting.value)):
            fix = hint(_BESIDE_BG, value=setting.value)
        else:
            fix = hint(_NAME_IT, image="_backgroundImage" if setting.key[0] == "_" else "backgroundImage")
        yield context.finding(setting.span, _BG if background else _NO_PICTURE, key=setting.key, fix=fix)


def _settings(context: Context) -> Iterator[_Setting]:
    for holder in (context.deck.front_matter, *context.of_type(Comment)):
        if holder is None or not holder.settings:
            continue
        slide = slide_of(holder).number if isinstance(holder, Comment) else 1
        for key, value in holder.settings.items():
            if key.removeprefix("_") in _NAMES:
                yield _Setting(key, value, holder.key_spans[key], slide)


def _is_for_one_of(setting: _Setting, slides: set[int]) -> bool:
    """Whether a setting is for one of these slides: for its own only, or for all from there on."""
    return setting.slide in slides if setting.key[0] == "_" else max(slides, default=0) >= setting.slide


def _is_read_by_styles(context: Context) -> bool:
    own = [style.css for style in context.of_type(StyleBlock)] + [str(context.deck.directives.get("style", ""))]
    sheets = (context.files.read(sheet.path) or "" for sheet in context.theme.project_sheets)
    return any(_READ_BY_STYLES.search(css) for css in (*own, *sheets))
