"""A picture lies in a deck's own folder and nothing in the project names it.

Left-overs make a repository heavy, and the next lecturer wonders what they belong to. Looked at are the folders below the deck
that it takes pictures from, where no other Markdown file lies beside the deck, so that they are its own. A file counts as used
when its name stands in any text of the project: Markdown, HTML, CSS, a script, a notebook. Names that a program puts together
cannot be seen, so the rule is off by default.

```deck bad 3:15-3:27 beside img/loss.png img/old.png
# Loss

![Loss falls](img/loss.png)
```

```deck good
# A deck without pictures has no folder of its own

- Loss falls
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from decklint.deck.nodes import Image
from decklint.files import ProjectFiles
from decklint.findings import Finding, Template
from decklint.references import Reference, relative_path
from decklint.rule import Context, rule

_UNUSED = Template('nothing in the project names "{path}"', "项目中没有任何地方提到“{path}”")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif", ".mp4", ".webm")
_ENDING = re.compile("|".join(map(re.escape, _PICTURES)), re.IGNORECASE)
_LONGEST = 300  # characters of a name, percent-encoded or not
_MARKDOWN = (".md", ".markdown", ".mdown", ".markdn")
_TEXTS = (
    *(*_MARKDOWN, ".html", ".htm", ".css", ".scss", ".sass", ".less", ".js", ".mjs", ".cjs", ".ts", ".py", ".r", ".jl", ".sh"),
    *(".ipynb", ".json", ".yml", ".yaml", ".toml", ".xml", ".txt", ".rst", ".tex", ".typ", ".qmd", ".rmd", ".vue", ".svg"),
)


@rule("IM014", "image-unused", severity="info", since="0.1", default=False, zh="讲稿文件夹中的图片没有被用到。")
def check(context: Context) -> Iterator[Finding]:
    files = context.files
    beside = [name for name in files.names_in(context.path.parent) if name.lower().endswith(_MARKDOWN)]
    if len(beside) > 1:
        return
    text = context.source.text
    for folder, reference in _own_folders(context).items():
        for name in sorted(files.names_in(folder)):
            if name.lower().endswith(_PICTURES) and not _is_named(name, text) and not _is_named(name, _texts(files)):
                yield context.finding(reference.span, _UNUSED, path=relative_path(folder / name, context.path))


def _own_folders(context: Context) -> dict[Path, Reference]:
    """The folders below the deck's that it takes pictures from, each with the first picture from there."""
    found: dict[Path, Reference] = {}
    for reference in context.references:
        place = context.locate(reference) if isinstance(reference.node, Image) else None
        if place and place.kind == "found" and place.path and context.path.parent in place.path.parent.parents:
            found.setdefault(place.path.parent, reference)
    return found


def _is_named(name: str, text: str) -> bool:
    return name in text or quote(name) in text


@lru_cache(maxsize=4)
def _texts(files: ProjectFiles) -> str:
    """Of all texts of a project, what stands before the ending of a picture's name."""
    texts = (files.read(path) or "" for path in files.paths(*_TEXTS))
    return "\n".join(t[max(0, match.start() - _LONGEST) : match.end()] for t in texts for match in _ENDING.finditer(t))
