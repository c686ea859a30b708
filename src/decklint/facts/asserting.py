"""Which sentences of a text state something: no questions, negations, corrections, nor what stands under a quiz."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATED = r"(?<![ .,(]al\.)(?<![ .,(\-][a-z]\.)(?<!e\.g\.)(?<!i\.e\.)(?<! vs\.)(?<!fig\.)(?<! eq\.)(?<! no\.)"
_COMPANY = r"(?!(?:(?<=inc\.)|(?<=ltd\.)|(?<=\bco\.))\s(?:was|is|were|has|had|and)\b)"
_END = re.compile(  # begins with a set of characters, by which the engine runs through a text
    r"[。！？；\n!?;.](?:(?<=[。！？；\n])|(?<=[!?;])(?=\s|$)|"
    rf"(?<=\.){_ABBREVIATED}{_COMPANY}(?=[\"”’]?\s+[a-z\"“']|[\"”’]?\s*$))"
)


_AROUND = re.compile(r"\(\?<?[!=][^()]*\)")
"""What a pattern asks of the text around a word."""


class _Words:
    """Words that say the same in Chinese and in English.

    Each Chinese one begins with a character of its own, so that the engine runs to the next place where one can begin; a
    boundary of a word among them would make it try all of them at each place. The English ones are looked for without what must
    or must not stand around them first, for the same reason.
    """

    def __init__(self, chinese: str, english: str, ending: str = "") -> None:
        """`ending` is an English one that ends a word."""
        exact = rf"\b(?:{english})\b" + (rf"|{ending}\b" if ending else "")
        letters = _AROUND.sub("", f"{english}|{ending}" if ending else english)
        self._patterns = re.compile(chinese), re.compile(letters), re.compile(exact)

    def stand_in(self, text: str, start: int, end: int) -> bool:
        """Whether one of them stands in a part of a folded text."""
        chinese, letters, english = self._patterns
        if chinese.search(text, start, end) is not None:
            return True
        return letters.search(text, start, end) is not None and english.search(text, start, end) is not None


_SOMEBODY = ("曾经?", "一度", "有人", "人们", "很多人", "许多人", "大家", "他们", "部分人")
_BELIEVES = r"(?:普遍)?(?:被)?(?:认为|以为|相信|觉得)"
_NO_ASSERTION = _Words(
    r"\?|？|吗\s*$|是否|哪一?年|哪个|哪家|什么时候|多少|并非|并不|不是|而非|没有(?=发布|提出|使用|采用)|未(?:使用|采用)|"
    r"误认为|错误(?!率)|误以为|误传|误写|误记|谣言|以讹传讹|更正|勘误|纠正|订正|应为|应该是|应改为|假设|如果|假如|倘若|若(?=是|有|由)|"
    + "|".join(who + _BELIEVES for who in _SOMEBODY)
    + r"|✗|✘|❌|×(?!\s?\d)|没有(?=\s?\d)|设想|想象|写道|写着|答道|声称|宣称|幻觉|指出\S{0,4}(?:问题|错)|找\S{0,3}错|误区",
    r"not(?! only)|n't|never|false|myth|wrong|incorrect(?:ly)?|mistake(?:n|nly)?|erratum|errata|correction|"
    r"corrected|misconception|"
    r"hallucinat\w*|student (?:wrote|said|answered)|spot the|find the|if|suppose|assume|imagine|would|could have|"
    r"(?<!-of-)thought|believed?|assumed|supposedly|which year|true or false",
    r"n['’]t",
)
_OTHER_TIME = _Words(
    r"将于|将在|将会|即将|计划|预计|有望|拟于|周年|纪念",
    r"will|plans? to|planned|expected to|scheduled|upcoming|forthcoming|anniversary|anniversaries",
)
_HEDGE = _Words(
    r"据报道|据传|据称|据说|传闻|传言|爆料|泄露|泄漏|外界|推测|猜测|估计|估算|可能|或许|大概率|未公开|未披露|没有公布|未公布",
    r"reported(?:ly)?|rumou?r(?:s|ed)?|alleged(?:ly)?|estimated?|speculat\w+|leak(?:s|ed)?|believed|undisclosed|unconfirmed|"
    r"may|might|perhaps|possibly|said to|claims? to",
)
_NOT_HELD = re.compile(
    r"测验|小测|练习|习题|判断题|选择题|思考题|误区|常见错误|谣言|勘误|更正|迷思|真假|"
    r"\b(?:quiz|exercises?|myths?|misconceptions?|errata|corrections?|true or false|common mistakes|spot the error)\b"
)
_CHOICES = r"下列|以下哪|(?:正确|错误|不正确)的(?:是|有)|[（(]\s*[)）]\s*[。.]?$|\bwhich of\b|\bchoose\b"
_CHOICE = re.compile(_CHOICES)
_QUESTION = re.compile(rf"[?？]\s*$|{_CHOICES}")
_MARKED = re.compile(r"[a-h][.、)）．:：]")
"""What every option begins with."""
_OPTION = re.compile(r"\s*[(（]?[a-h][.、)）．:：]\s*\S")


_TRADITIONAL = (
    "億萬個參數層擁於發佈開創辦論訓練詞語網絡維頭專類圖張種達為約間長時機構據規碼編譯現問誕採結過這該與標舉屆領員題節顯"
)
_SIMPLIFIED = "亿万个参数层拥于发布开创办论训练词语网络维头专类图张种达为约间长时机构据规码编译现问诞采结过这该与标举届领员题节显"
_SIMPLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_IS_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")


def simplified(folded: str) -> str:
    """A text in which traditional characters of cues and units are simplified, of the same length."""
    return folded.translate(_SIMPLE) if _IS_TRADITIONAL.search(folded) else folded


def stated(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a folded text begin and end that assert something."""
    return [(start, end) for start, end in ranges(text) if asserts(text, start, min(end + 1, len(text)))]


def asserts(text: str, start: int, end: int) -> bool:
    """Whether nothing in a part of a folded text asks, denies or corrects."""
    return not _NO_ASSERTION.stand_in(text, start, end)


def is_of_another_time(text: str, start: int, end: int) -> bool:
    """Whether a part of a folded text speaks of what is to come, or of what is remembered."""
    return _OTHER_TIME.stand_in(text, start, end)


def is_hedged(text: str, start: int, end: int) -> bool:
    """Whether a part of a folded text says that it only reports."""
    return _HEDGE.stand_in(text, start, end)


def ranges(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a folded text begins and ends."""
    start = 0
    for match in _END.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def opens_a_quiz(text: str) -> bool:
    """Whether a folded title says that what follows is not all meant to be true."""
    return _NOT_HELD.search(text) is not None


def asks(text: str, to_choose: bool = False) -> bool:
    """Whether a folded text asks a question that a list of answers may follow; `to_choose`: one of several statements."""
    return (_CHOICE if to_choose else _QUESTION).search(text) is not None


def options_in(text: str) -> int:
    """How many lines of a folded text are such answers."""
    return sum(map(is_option, text.splitlines())) if _MARKED.search(text) else 0


def is_option(text: str) -> bool:
    """Whether a folded text is one answer to choose among others."""
    return _OPTION.match(text) is not None
