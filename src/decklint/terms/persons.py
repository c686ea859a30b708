"""People whose name a deck writes in two ways, told from two people by what stands beside the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

from decklint.deck.nodes import Leaf
from decklint.lang.prose import Prose
from decklint.packs.load import load
from decklint.terms.consistency import Use, is_paired, quotes_of

# The characters that foreign names are transcribed with: beside another one, it is no name but a word.
SOUNDS = (
    "阿埃艾爱安昂奥澳巴芭白班邦保鲍贝本比彼毕宾波玻博伯勃布采蔡查茨达戴丹当道德得登邓狄迪蒂帝丁杜顿多厄恩尔耳"
    "法范菲费芬丰冯弗夫福伏佛盖甘冈高戈哥格根贡古瓜圭哈海汉汗豪赫黑亨洪侯胡华怀惠霍基吉计加贾简杰捷金津京久卡"
    "喀凯坎康考柯科可克肯孔库夸昆拉莱来赖菜兰蓝朗劳勒雷累里利李莉丽理黎连林琳隆卢鲁露伦罗洛吕马玛迈麦曼芒毛梅"
    "美门蒙孟米密明闵姆莫默穆纳娜奈南内尼妮涅宁纽农努诺欧帕潘庞培佩彭皮平坡珀普奇齐乔钦琼让热仁日荣茹瑞若撒萨"
    "塞赛桑瑟森沙莎山尚绍舍申神圣施史什司斯思松苏孙索塔泰坦汤唐特忒藤梯廷通图托脱瓦娃万汪威韦维魏温文翁沃乌吾"
    "武伍西希悉席锡夏香肖谢辛欣新兴匈休许逊雅亚娅延扬杨耶叶伊依易因英永尤于约泽扎詹占珍芝治兹朱祖佐大历路切陀"
    "迦"
)
# Characters that sound or look alike, within which a name is written in two ways.
_ALIKE = (
    "埃艾爱 莱来赖菜 特忒持 希西悉席锡 德得 洛罗 斯思司 夫弗福伏佛 辛欣新 里利李莉丽理黎 伊依尹 雷累 麦迈 克科柯可 蒙孟 布怖 巴芭"
    " 马玛 尼妮 娜纳 维韦威魏 瓦娃 亚雅娅 奇齐 史什施 密米 奥澳 戈哥格 鲁卢露 波玻博伯勃搏 迪狄 蒂帝 塞赛 兰蓝 林琳 杨扬"
    " 沙莎 尔耳 明闵 拉垃 曼慢漫 顿吨 萨撒 杜社 贝贞 乌鸟 泰秦 丹舟 吉古 登澄 申神 查杳 贾贺 孟盂"
    " 泽择 埃挨 托拖 伦论 朗郎 诺若"
)
# Common given names of the West: what stands beside one is a surname.
_GIVEN = """
    aaron adam alan albert alec alejandro alex alexander alexei alfred alison allen andreas andrei andrew anna anne anthony
    antoine arthur barbara benjamin bernard bernhard brian bruce carl carlos caroline catherine charles charlotte chris
    christian christine christof christoph christopher claude daniel daphne david dennis diederik dmitri dmitry donald dorothy
    douglas edgar edmund eduard edward eleanor elisabeth elizabeth emily emma eric erik ernest eugene felix fernando florian
    francis francois frank frederic frederick friedrich gabriel geoffrey georg george gerald gerard gordon grace gregor
    gregory guillaume gustav hannah harold harry heinrich helen henri henry herbert hermann howard hugo igor isaac ivan jack
    jacob jacques james jason jeff jeffrey jennifer jeremy jerome jessica johann johannes john jonas jonathan jordan joseph
    joshua judea julia julian julien juergen jurgen karen karl kathleen katherine kenneth kevin klaus konrad kristian kurt
    larry laura laurent lawrence leonard leonhard leslie linus louis lucas ludwig marc marcus margaret maria marie mark markus
    martin marvin mary matthew matthias maurice maxim michael michel miguel mikhail nathan nathaniel nicholas nicolas niklas
    noam norbert oliver oriol oscar patrick paul pedro peter philip philipp phillip pierre rachel ralph raymond rebecca
    richard robert roger roland ronald rudolf russell ruslan samuel sandra sara sarah scott sebastian sergei sergey sidney
    simon sophia stefan stephan stephen steven stuart susan sylvain terrence theodor theodore thomas timothy tomas victor
    vincent virginia vladimir walter warren wilhelm william wolfgang yann yoshua yuri
"""
_DOT = "·•・‧"
_TRANSCRIBED = rf"[{SOUNDS}]{{2,6}}(?:[{_DOT}][{SOUNDS}]{{1,6}}){{0,3}}"
_BOTH = re.compile(
    rf"({_TRANSCRIBED})\s?[（(]\s?([A-Z][a-zà-ÿ]+(?:[ -](?:[A-Z]\.|[A-Z]?[a-zà-ÿ]+)){{0,3}})"
    r"(?=\s?[,，;；)）\d])"
)
_DOTTED = re.compile(rf"(?<![{_DOT}])[{SOUNDS}]{{1,6}}(?:[{_DOT}][{SOUNDS}]{{1,6}}){{1,3}}(?![{_DOT}])")
_LATIN = re.compile(r"([A-Z](?<![\w.@/-].)[a-z]{2,}),? (?:[A-Z]\. )?((?:Mc)?[A-Z][a-z]{3,})(?![\w@/-]| [A-Z][a-z])")
_LATIN_BESIDE = re.compile(r"[（(]\s?[A-Z][a-zà-ÿ]")
_ANY_DOT = re.compile(f"[{_DOT}]")
_MOST = 50  # names that share a word: more are no people
SHORTEST = 4
"""Characters of a name that is told by its form alone."""


def transcribed(prose: Prose) -> Iterator[list[Use]]:
    """The uses of each transcribed name that is written in two ways beside one Latin name, or with characters that are alike."""
    found: dict[str, dict[str, list[Use]]] = {}
    for use, latin in prose.once(beside_latin):
        found.setdefault(latin, {}).setdefault(use.form, []).append(use)
    told: set[str] = set()
    for forms in found.values():
        for one, two in combinations(forms, 2):
            if differing(one, two) == 1 and not (is_paired(one) and is_paired(two)):
                told |= {one, two}
                yield sorted([*forms[one], *forms[two]], key=lambda use: use.span)
    known = {form for forms in found.values() for form in forms if len(form) >= SHORTEST} | prose.once(dotted)
    groups: dict[str, set[str]] = {}
    for name in known - told:
        groups.setdefault(sound(name), set()).update((name, *_written_otherwise(name)))
    for common in sorted(groups, key=lambda common: (len(common), common)):
        forms_told = {form for form in groups[common] if not is_paired(form) and not any(part in form for part in told)}
        standing = [form for form in forms_told if form in prose.text]
        if len(standing) > 1:
            told |= forms_told
            leaves = prose.containing(standing)
            yield sorted((use for leaf in leaves for form in standing for use in uses_of(form, leaf)), key=lambda use: use.span)


def latin(prose: Prose) -> Iterator[tuple[list[Use], frozenset[str]]]:
    """The uses of a part of a Latin name that is written in two ways beside the other, and the forms that the registry knows."""
    found = prose.once(latin_uses)
    for shared, beside in found.items():
        for one, two in combinations(list(beside)[:_MOST], 2):
            if is_person(one, two, shared):
                right = frozenset(form for form in (one, two) if frozenset((form, shared)) in known_people())
                yield sorted([*beside[one], *beside[two]], key=lambda use: use.span), right


def latin_uses(prose: Prose) -> dict[str, dict[str, list[Use]]]:
    """The uses of each part of a Latin name of two words, by the other part and its form."""
    found: dict[str, dict[str, list[Use]]] = {}
    quotes, text = prose.once(quotes_of), prose.text
    for match in _LATIN.finditer(text):
        if match[1] != match[2] and not quotes.hold(*match.span()):
            leaf, at = prose.place(match.start())
            for which, other in ((1, 2), (2, 1)):
                start = at + match.start(which) - match.start()
                use = Use(match[which], leaf, start, start + len(match[which]))
                found.setdefault(match[other], {}).setdefault(use.form, []).append(use)
    return found


def beside_latin(prose: Prose) -> list[tuple[Use, str]]:
    """The surname of each person whose Latin name stands in brackets behind it, and that surname in Latin."""
    found = []
    for leaf in prose.holding(_LATIN_BESIDE):
        for match in _BOTH.finditer(leaf.view.text):
            start = match.start(1) + max(match[1].rfind(dot) for dot in _DOT) + 1
            if match.end(1) - start > 1:
                use = Use(leaf.view.text[start : match.end(1)], leaf, start, match.end(1))
                found.append((use, match[2].split()[-1].lower()))
    return found


def dotted(prose: Prose) -> set[str]:
    """The names with a dot inside, and their surnames."""
    names = {match[0] for leaf in prose.holding(_ANY_DOT) for match in _DOTTED.finditer(leaf.view.text)}
    surnames = {re.split(f"[{_DOT}]", name)[-1] for name in names}
    return {name for name in names | surnames if len(name) >= SHORTEST}


def sound(name: str) -> str:
    """What all forms of a name have in common that differ in characters that are alike."""
    return "".join(min(char + _alike().get(char, "")) for char in name)


def _written_otherwise(name: str) -> Iterator[str]:
    """The forms that differ from a name by one character which is alike."""
    for at, char in enumerate(name):
        yield from (name[:at] + other + name[at + 1 :] for other in _alike().get(char, ""))


def uses_of(form: str, leaf: Leaf) -> Iterator[Use]:
    """The uses of a name, also in titles of works: a report is called by its author's name."""
    text = leaf.view.text
    for match in re.finditer(re.escape(form), text) if form in text else ():
        yield Use(form, leaf, match.start(), match.end())


def differing(one: str, two: str) -> int:
    """The number of characters in which two forms of the same length differ."""
    return sum(a != b for a, b in zip(one, two, strict=True)) if len(one) == len(two) else 0


def is_person(one: str, two: str, shared: str) -> bool:
    """Whether two words beside the same one name one person: somebody known, or with a given name, and a letter differs."""
    if not _is_slip(one, two):
        return False
    known = [form for form in (one, two) if frozenset((form, shared)) in known_people()]
    if known:
        return len(known) == 1
    given = [form for form in (one, two) if form.lower() in _given()]
    return len(given) == 1 or (not given and shared.lower() in _given() and len(one) > 5)


def _is_slip(one: str, two: str) -> bool:
    """Whether two words differ by one letter that is neither their first nor an ending."""
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    front = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[front + 1 :] == long[front + 1 :] and front + 1 < len(short)
    return short[front:] == long[front + 1 :] and front < len(short)


@cache
def _alike() -> Mapping[str, str]:
    return {char: group.replace(char, "") for group in _ALIKE.split() for char in group}


@cache
def _given() -> frozenset[str]:
    return frozenset(_GIVEN.split())


@cache
def known_people() -> frozenset[frozenset[str]]:
    """The first and last names of the people whom the registry knows."""
    names = (alias["text"].split() for e in load()["entities"] if e["kind"] == "person" for alias in e.get("aliases", ()))
    return frozenset(frozenset((parts[0], parts[-1])) for parts in names if len(parts) > 1)
