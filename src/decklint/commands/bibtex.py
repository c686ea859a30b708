"""Sources as BibTeX. The registry does not know whether a source is an article or a page, so all are `@misc`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from decklint.findings import Citation
from decklint.report.plain import harmless

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: "\\" + char for char in "&%$#_"},
    }
)
_IN_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", '"': "%22"})
_ARXIV = re.compile(r"https?://arxiv\.org/(?:abs|pdf)/([\w.-]+/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?")
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\S+)")
_PERSON = re.compile(r"(?:[A-Z]\.[ -]?)*(?:(?:van|von|de|der|le) )*[A-Z][\w'’-]+")
# fmt: off
_FILLERS = frozenset((
    "a", "an", "and", "are", "as", "at",
    "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or", "so", "than", "that",
    "the", "their", "this", "to", "via", "with",
))
# fmt: on


def bibliography(sources: Iterable[Citation], known: Iterable[Citation] = ()) -> Iterator[str]:
    """The lines of a `.bib` file: every work once, sorted by key. Without sources a line that BibTeX reads as a comment.

    With `known`, all sources that there are, a key stays what it is whatever else is listed.
    """
    listed = list(sources)
    works = _works([*known, *listed])
    keys = {work: key(work) for work in works.values()}
    doubled = {name for name, count in Counter(keys.values()).items() if count > 1}
    places: dict[Citation, set[str]] = {}
    for source in listed:
        places.setdefault(works[source], set()).add(source.locator)
    named = {(f"{keys[work]}-{_digest(work)}" if keys[work] in doubled else keys[work]): work for work in places}
    if not named:
        yield "% no claims whose sources could be listed"
    for name, work in sorted(named.items()):
        yield from _entry(name, work, sorted(filter(None, places[work])))


def key(source: Citation) -> str:
    """A name made of author, year and title: `radford2019-language-models`."""
    words = [word for word in re.findall(r"[a-z0-9]+", _ascii(source.title)) if word not in _FILLERS]
    author = "".join(re.findall(r"[a-z0-9]+", _ascii(_surname(source.by))))
    parts = [part for part in (f"{author}{source.year or ''}", *words[:2]) if part]
    return "-".join(parts) if re.search("[a-z]", "".join(parts)) else f"source{source.year or ''}-{_digest(source)}"


def _works(sources: Iterable[Citation]) -> dict[Citation, Citation]:
    """For each source the work that it is in, as it was first met. One address is one work, so is one title by one author."""
    first: dict[tuple[object, ...], Citation] = {}
    works: dict[Citation, Citation] = {}
    for source in sources:
        names: list[tuple[object, ...]] = [(source.url,), (source.title.lower(), source.by.lower(), source.year)]
        works[source] = next((first[name] for name in names if name in first), source)
        first.update(dict.fromkeys(names, works[source]))
    return works


def _entry(name: str, source: Citation, places: list[str]) -> Iterator[str]:
    fields = {
        "author": _authors(source.by),
        "title": f"{{{escaped(source.title)}}}",
        "year": str(source.year or ""),
        "url": harmless(source.url).translate(_IN_ADDRESS),
        "note": escaped("; ".join(places)),
    }
    if match := _ARXIV.fullmatch(source.url):
        fields |= {"eprint": match[1], "archiveprefix": "arXiv"}
    if match := _DOI.fullmatch(source.url):
        fields["doi"] = harmless(match[1]).translate(_IN_ADDRESS)
    yield f"@misc{{{name},"
    yield from (f"  {field} = {{{value}}}," for field, value in fields.items() if value)
    yield "}"
    yield ""


def escaped(text: str) -> str:
    """Text for a field: what TeX would take for a command is written so that it is printed."""
    return harmless(text).translate(_ESCAPED)


def _people(by: str) -> list[str]:
    """The names in `Krizhevsky, Sutskever and Hinton` and `Radford et al.`; nothing where an author is no list of people."""
    listed = re.sub(r",? et al\.$", "", by)
    names = re.split(r", and |, | and ", listed)
    if not all(_PERSON.fullmatch(name) for name in names):
        return []
    return [*names, "others"] if listed != by else names


def _authors(by: str) -> str:
    people = _people(by)
    if len(people) > 1:
        return " and ".join(map(escaped, people))
    return f"{{{escaped(by)}}}" if by else ""


def _surname(by: str) -> str:
    """The first author's last name, or the first word of an organisation."""
    people = _people(by)
    if people:
        return people[0].split()[-1]
    return next((word for word in by.split() if word.lower() not in _FILLERS), "")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _digest(source: Citation) -> str:
    return sha256(f"{source.title}\n{source.url}".encode()).hexdigest()[:6]
