"""A picture is on this computer but not in the repository.

Everybody else who takes the deck out of git gets slides with a hole, and so does a server that makes them. Either the file was
never added, or the repository tells git to ignore it. Decks that are not in git themselves are still being written, and are left
alone; so are folders that belong to another repository (submodules).

No example can be run here, because it takes a repository; the tests make one. With the deck in git, and `img/loss.png` beside it
but not in git, this is a finding:

```md
# Loss

![Loss falls](img/loss.png)
```

```deck good
# Files that do not exist are another rule's business

![Loss falls](img/no-such-file.png)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.references import Reference
from decklint.rule import Context, rule

_NEVER_ADDED = Template('"{path}" was never added to git', "“{path}”还没有加入 git")
_IGNORED = Template('"{path}" is not in git: the repository tells git to ignore it', "“{path}”不在 git 中：仓库设置了忽略它")


@rule("IM010", "image-untracked", severity="warning", since="0.1", zh="图片文件没有加入 git 仓库。")
def check(context: Context) -> Iterator[Finding]:
    deck = context.files.in_git(context.path)
    found = {reference: path for reference in context.references if (path := _existing(context, reference))} if deck else {}
    tracked = context.files.tracked if found else None
    if deck is None or tracked is None or deck not in tracked:
        return
    missing = {reference: path for reference, path in found.items() if path not in tracked}
    ignored = context.files.ignored(sorted(set(missing.values())))
    for reference, path in missing.items():
        yield context.finding(reference.span, _IGNORED if path in ignored else _NEVER_ADDED, path=path)


def _existing(context: Context, reference: Reference) -> str | None:
    """The path of a file that is there, relative to the project."""
    place = context.locate(reference) if reference.is_asset else None
    if place is None or place.kind not in ("found", "case") or place.path is None:
        return None
    return context.files.in_git(place.path)
