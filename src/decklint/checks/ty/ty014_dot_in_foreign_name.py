"""A foreign name in Chinese is parted by a full stop, a bullet or a Japanese dot.

Chinese print parts the given name and the surname with `·` (GB/T 15834-2011, 4.13): `艾伦·图灵`. A search for the name does
not find `艾伦.图灵`, `艾伦•图灵` or `艾伦・图灵`. Only what is plainly a person's name is told: transcribed throughout, and with
a common given name or with the Latin name in brackets behind it. Code (`对象.成员`), lists, citations, and texts in traditional
characters, which have dots of their own, are left alone.

```deck bad 3:1-3:6 4:4-4:10
# 历史

艾伦.图灵提出了一种测试。
后来，格蕾丝・霍珀（Grace Hopper）写出了编译器。
```

```deck fixed
# 历史

艾伦·图灵提出了一种测试。
后来，格蕾丝·霍珀（Grace Hopper）写出了编译器。
```

```deck good
# 不是人名

艾伦·图灵；对象.成员；图1.西伯利亚；米兰•罗马•巴黎；李明.西南地区的气候[J].学报，2015。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN
from decklint.lang.chinese import variants_in
from decklint.lang.habits import unbroken
from decklint.rule import Context, leaf_fix, rule

_WRONG = Template('"{name}" is parted by "{dot}"', "人名“{name}”的间隔号写成了“{dot}”")
_FIX = Template('write "{better}"', "改为“{better}”")
_DOTS = ".．•・∙⋅"
_SUSPECT = re.compile(rf"[{_DOTS}](?<=[{HAN}].)(?=[{HAN}])")
_OTHER = re.compile(f"[{_DOTS}]")
_ANY = re.compile(f"[·{_DOTS}]")
_RARE = "灵翰丝开蕾芙茜琪薇黛诗"  # what some names are transcribed with besides; elsewhere they are words
_LATIN_BEHIND = re.compile(r"\s?[（(]\s?[A-Z][a-zà-ÿ.]")
# Common given names of the West as Chinese transcribes them.
_GIVEN_NAMES = """
    阿兰 阿尔伯特 阿尔弗雷德 阿瑟 埃达 埃德加 埃里克 埃隆 艾达 艾伦 艾萨克 爱德华 安德鲁 安德烈 安东尼 安娜 奥利弗 巴里 保罗
    鲍勃 本杰明 比尔 彼得 查尔斯 大卫 戴维 丹尼尔 丹尼斯 德米特里 迪米特里 蒂姆 多萝西 费利克斯 弗拉基米尔 弗兰克 弗朗西斯
    弗朗索瓦 弗里德里希 格雷斯 格蕾丝 格雷戈里 古斯塔夫 哈里 海伦 汉斯 亨利 赫伯特 霍华德 吉姆 加里 简 杰夫 杰弗里 杰克 杰罗姆
    杰森 卡尔 凯瑟琳 凯文 康拉德 克劳德 克里斯 克里斯蒂安 克里斯托弗 肯 肯尼斯 拉里 莱斯利 莱昂哈德 劳伦斯 雷 理查德 列奥纳多
    林纳斯 卢卡斯 路易斯 鲁道夫 罗伯特 罗杰 罗纳德 马丁 马尔科姆 马克 马克斯 马库斯 马文 玛格丽特 玛丽 玛丽亚 迈克尔 米歇尔 尼尔
    尼古拉 尼古拉斯 尼克 诺伯特 诺姆 欧内斯特 帕特里克 皮埃尔 皮特 乔治 乔纳森 乔恩 让 萨姆 塞缪尔 山姆 史蒂芬 史蒂夫 史蒂文
    斯蒂芬 斯图尔特 汤姆 唐纳德 唐 托马斯 威廉 维克多 维克托 沃尔特 沃伦 西奥多 西蒙 西摩 雅克 雅各布 亚当 亚历克斯 亚历山大
    亚瑟 伊恩 伊尔亚 伊戈尔 伊隆 以赛亚 约翰 约翰内斯 约瑟夫 约书亚 詹姆斯 朱莉亚 朱迪亚
"""
_GIVEN = frozenset(_GIVEN_NAMES.split())


@rule("TY014", "dot-in-foreign-name", severity="info", since="0.1", zh="外国人名的间隔号写错。")
def check(context: Context) -> Iterator[Finding]:
    for leaf in context.chinese.holding(_SUSPECT):
        text = leaf.view.text
        for match in _names().finditer(text):
            dot = _OTHER.search(match[0])
            span = unbroken(leaf, *match.span())
            if dot is None or span is None or not _is_person(match, text):
                continue
            better = _OTHER.sub("·", match[0])
            fix = leaf_fix(context, _FIX, Edit(span, better), leaf, better=better)
            yield context.finding(span, _WRONG, fix=fix, name=match[0], dot=dot[0])


def _is_person(match: re.Match[str], text: str) -> bool:
    simplified, traditional = variants_in(text)
    given = _ANY.split(match[0], 1)[0]
    return traditional <= simplified and (given in _GIVEN or _LATIN_BEHIND.match(text, match.end()) is not None)


@cache
def _names() -> re.Pattern[str]:
    from decklint.terms.persons import SOUNDS

    part, dot = f"[{SOUNDS}{_RARE}]", f"[·{_DOTS}]"
    return re.compile(rf"(?<!{dot}){part}{{1,6}}(?:{dot}{part}{{1,6}}){{0,2}}{dot}{part}{{2,6}}(?!{dot})")
