"""Secrets in a text: found by their form, and masked where a deck's lines are shown."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log2
from typing import NamedTuple

from decklint.text import Span

_SECRET = re.compile(
    r"""(?<![\w-])(?:
      (?P<OpenAI>sk-(?:proj|svcacct|admin)-[\w-]{20,180}T3BlbkFJ[\w-]{20,180}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})
    | (?P<Anthropic>sk-ant-(?:api03|admin01|oat01|ort01)-[\w-]{40,200})
    | (?P<API>sk-(?:[0-9a-f]{32}|[A-Za-z0-9]{48}))
    | (?P<GitHub>gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59})
    | (?P<Google>AIza[\w-]{35})
    | (?P<Slack>xoxb-[0-9]{10,13}-[0-9]{10,13}-[A-Za-z0-9]{18,30}|xox[pe](?:-[0-9]{10,13}){3}-[A-Za-z0-9]{28,34}
        |xapp-[0-9]-[A-Z0-9]{8,14}-[0-9]{8,15}-[0-9a-f]{40,70})
    | (?P<HuggingFace>hf_[A-Za-z]{34})
    | (?P<AWS>(?:AKIA|ASIA)[A-Z2-7]{16})
    )(?![\w-])""",
    re.VERBOSE | re.ASCII,
)
_HINT = re.compile(r"sk-|gh[pousr]_|github_pat_|AIza|xox|xapp-|hf_|AKIA|ASIA")
_PREFIX = re.compile(
    r"(?:sk-(?:proj-|svcacct-|admin-|ant-[a-z]+[0-9]+-)?|github_pat_|gh[pousr]_|AIza|xox[a-z]-|xapp-|hf_|AKIA|ASIA)"
)
PEM = re.compile(r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----(?=(?:\s|\\n|>){0,20}[A-Za-z0-9+/]{40})")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_NEAR = 300  # characters between an access key ID and its secret: two lines of a file, an assignment each
_REACH = 600  # the longest secret, or what tells that something is one, may lie outside of a part
PLACEHOLDER = re.compile(r"example|your|placeholder|replace|dummy|sample|redacted|fake|xxxx|\*\*\*|demo|test", re.IGNORECASE)
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Found(NamedTuple):
    """A secret, who issued it, and what of it may be shown."""

    issuer: str
    span: Span
    shown: str
    """The beginning that is no secret."""


def masked(text: str, span: Span) -> str:
    """A part of a text with an asterisk for each secret character: for reports that show lines of a deck; places stay."""
    offset = max(0, span.start - _REACH)
    part = text[offset : span.end + _REACH]
    shown = list(text[span.start : span.end])
    for found in secrets(part):
        start = max(found.span.start + len(found.shown) + offset - span.start, 0)
        end = min(found.span.end + offset - span.start, len(shown))
        shown[start:end] = "*" * max(0, end - start)
    return "".join(shown)


def secrets(text: str) -> Iterator[Found]:
    """The keys and tokens in a text, in the order of their issuers' forms."""
    if not _HINT.search(text):
        return
    for match in _SECRET.finditer(text):
        issuer = match.lastgroup or ""
        prefix = _PREFIX.match(match[0])
        shown = prefix[0] if prefix else ""
        if issuer == "AWS":
            if not _is_placeholder(match[0][4:], 2.5):
                yield from _aws(text, match)
        elif not _is_placeholder(match[0][len(shown) :], 3.0) and _holds(issuer, match[0]):
            yield Found(issuer, Span(*match.span()), shown)


def _aws(text: str, identifier: re.Match[str]) -> Iterator[Found]:
    """The secret that stands near an access key ID."""
    start, end = identifier.span()
    for secret in _AWS_SECRET.finditer(text, max(0, start - _NEAR), end + _NEAR):
        if not _is_placeholder(secret[0], 3.5) and any(map(str.isdigit, secret[0])) and not secret[0].islower():
            yield Found("AWS", Span(*secret.span()), "")


def _is_placeholder(body: str, least: float) -> bool:
    """Whether a key was made up: it says so, repeats a few characters (`least` bits each), or counts up."""
    if PLACEHOLDER.search(body):
        return True
    counts = Counter(body)
    entropy = -sum(n / len(body) * log2(n / len(body)) for n in counts.values())
    steps = sum(ord(b) - ord(a) == 1 for a, b in pairwise(body))
    return entropy < least or steps * 3 > len(body)


def _has_checksum(token: str) -> bool:
    """Whether the last six characters of a GitHub token are the CRC-32 of the thirty before them, in base 62."""
    if token.startswith("github_pat_"):
        return True
    number, digits = zlib.crc32(token[4:34].encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits.rjust(6, "0") == token[34:]


def _holds(issuer: str, key: str) -> bool:
    """Whether a key is what keys of its issuer are beyond their form: no run of words happens to look like it."""
    if issuer == "GitHub":
        return _has_checksum(key)
    if issuer == "API":
        return any(map(str.isdigit, key)) and any(map(str.isalpha, key[3:]))
    if issuer == "HuggingFace":
        return not key[3:].islower() and not key[3:].isupper()
    return True
