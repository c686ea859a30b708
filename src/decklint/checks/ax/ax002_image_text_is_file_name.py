"""A picture's alternative text is a file name or a placeholder.

Editors and screenshot tools fill the alternative text in (`image.png`, `IMG_2034`, `屏幕截图 2024-01-01`, `alt text`). Nobody who
hears it learns what the picture shows, and a checker that only counts empty texts is content. Backgrounds that fill the slide
are decoration and exempt.

```deck bad 3:3-3:12
# Loss

![image.png](img/loss.png)
```

```deck bad 3:9-3:17 5:3-5:5 7:3-7:24
# 结果

![w:600 IMG_2034](img/loss.jpg)

![图片](img/net.png)

![Screenshot 2024-01-01](img/screen.png)
```

```deck good
# Texts that say something

![w:600 Loss falls for ten epochs, then rises](img/loss.png)

![LeNet5](img/LeNet5.png) ![图 1：网络结构](img/net.png)

![bg image](img/texture.png)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from decklint.deck.nodes import Image
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_FILE_NAME = Template('the alternative text "{text}" is a file name', "替代文字“{text}”是文件名")
_PLACEHOLDER = Template('the alternative text "{text}" is a placeholder', "替代文字“{text}”只是占位文字")
_HINT = Template("say in a few words what the picture shows", "用几个字说明图片的内容")

_ENDING = re.compile(r"\S.*\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|heic|pdf)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:image|img|pic|picture|dsc[nf]?|pxl|mmexport|wechatimg|pasted[ _-]?image|clipboard|screen[ _-]?shot"
    r"|图片|图像|截图|截屏|屏幕截图|屏幕快照|微信图片|微信截图|qq图片|qq截图|企业微信截图|粘贴的图像)"
    r"[ _.-]*[(（]?\d(?:[\d_ .:()（）-]|at|在|上午|下午|[ap]m)*",
    re.IGNORECASE,
)
_HASH = re.compile(
    r"(?=\D*\d)(?=\d*[a-f])[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|v2-[0-9a-f]{32}\w*", re.IGNORECASE
)
_PLACEHOLDERS = frozenset(
    (
        *("image", "images", "img", "pic", "picture", "photo", "screenshot", "untitled", "placeholder"),
        *("alt", "alt text", "alttext", "alternative text", "alternate text", "caption"),
        *("description", "image description", "insert image description here"),
        *("图片", "图像", "图", "截图", "照片", "插图", "屏幕截图", "未命名", "无标题"),
        *("替代文字", "替代文本", "图片描述", "描述", "图片说明"),
        *("在这里插入图片描述", "请输入图片描述", "输入图片说明", "这里写图片描述"),
    )
)


@rule("AX002", "image-text-is-file-name", severity="warning", since="0.1", zh="图片的替代文字是文件名或占位文字。")
def check(context: Context) -> Iterator[Finding]:
    for image in context.of_type(Image):
        if image.is_background and not image.is_split:
            continue
        words = [word for word in image.words if not (word.consumed or context.theme.selects(word.text))]
        text = " ".join(word.text for word in words)
        if not text:
            continue
        message = _FILE_NAME if _is_file_name(text, image.url) else _PLACEHOLDER if _is_placeholder(text) else None
        if message is not None:
            yield context.finding(Span(words[0].span.start, words[-1].span.end), message, text=text, fix=hint(_HINT))


def _is_file_name(text: str, url: str) -> bool:
    """Whether a text is a file's name: by its ending, as cameras and screenshot tools name files, or as this file is called."""
    if len(text) > 255:  # bytes: no file system takes longer names
        return False
    if _ENDING.fullmatch(text) or _NUMBERED.fullmatch(text) or _HASH.fullmatch(text):
        return True
    stem = unquote(url).rpartition("/")[2].rpartition(".")[0]
    return text == stem and "_" in stem and any(map(str.isdigit, stem)) and " " not in text


def _is_placeholder(text: str) -> bool:
    return text.casefold().strip(" .。:：[]<>()") in _PLACEHOLDERS
