"""A fix was not applied, because it changes more than its rule declares.

After every fix the deck is read again and compared with what it was: its slides, directives, animated items, linked anchors,
pictures, and the text of everything that the fix does not mend. A fix that changes any of these without saying so is dropped.
That is a defect of decklint, not of the deck: please report it. All other fixes are applied.

This rule has no executed example: no rule is known to do this, and the tests make one that does.
"""

from __future__ import annotations

from collections.abc import Iterable

from decklint.findings import Confidence, Effect, Finding, Message, Severity, Template
from decklint.rule import reported

check = reported(
    "DL003", "fix-refused", severity="warning", since="0.1", zh="一项修正超出了声明的范围，未应用。", documentation=__doc__ or ""
)

_REFUSED = Template(
    'a fix of "{rule}" was not applied: it would also change the {effects}',
    "规则“{rule}”的一项修正未应用：它还会改变{effects_zh}",
)
_NAMES = {
    Effect.SPACING: Template("spacing", "空格"),
    Effect.TEXT: Template("text elsewhere", "别处的文字"),
    Effect.DIRECTIVES: Template("directives", "指令"),
    Effect.SLIDES: Template("slides", "分页"),
    Effect.FRAGMENTS: Template("animation of lists", "列表动画"),
    Effect.ANCHORS: Template("anchors of links", "链接锚点"),
    Effect.MEDIA: Template("pictures", "图片"),
}


def refused(finding: Finding, effects: Iterable[Effect]) -> Finding:
    """The finding that stands for the fix of `finding`, which would have had undeclared effects."""
    names = [_NAMES[effect] for effect in sorted(effects, key=lambda effect: effect.value)]
    values = {"rule": finding.name, "effects": ", ".join(n.en for n in names), "effects_zh": "、".join(n.zh for n in names)}
    message = Message(_REFUSED, values)
    return Finding(check.code, check.name, Severity.WARNING, Confidence.HIGH, finding.span, message, slide=finding.slide)
