"""All that the registry says about an entity, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decklint.commands.claims_table import cited
from decklint.commands.facts_look import values_of
from decklint.commands.found import readable
from decklint.findings import Citation, Template
from decklint.packs.load import load
from decklint.report.plain import harmless

_NAMES = Template("names", "名称")
_NEEDS = Template("only near {words}", "仅当附近有 {words}")
_NEVER = Template("not near {words}", "附近有 {words} 时除外")
_LINKS = {
    "version_of": Template("version of", "所属系列"),
    "part_of": Template("part of", "隶属"),
    "renamed": Template("renamed", "更名"),
    "papers": Template("papers", "论文"),
}
_ALSO = Template("also right", "也正确")
_STATUS = Template("status", "状态")
_STATUSES = {"established": "已确认", "reported": "据报道", "disputed": "未公开或有争议"}
_CLOSED = Template("the list is complete", "列表完整")
_VALID = Template("valid", "有效期")
_NOTE = Template("note", "说明")
_REVIEW = Template("review", "复核日期")
_SOURCE = Template("source", "来源")
_CHECKED = {
    "read": Template("read on {on}", "{on} 查阅原文"),
    "mirror": Template("copy read on {on}", "{on} 查阅副本"),
    "two-secondary": Template("secondary, read on {on}", "{on} 查阅二手来源"),
}
_AT = Template(" at {at}", "，位置：{at}")
_UNKNOWN = Template("nobody outside can know", "外界无从得知")
_VARIANT = Template("variant", "变体")
_MISTAKE = Template("often wrong", "常见错误")


def everything(entity: dict[str, Any], lang: str) -> Iterator[str]:
    """The lines about an entity: names, relations, facts with their evidence, variants, popular mistakes."""
    yield from (harmless(line) for line in _Page(lang).entity(entity))


class _Page:
    def __init__(self, lang: str) -> None:
        self.zh = lang == "zh"
        self.lang = lang
        self.attributes = {attribute["id"]: attribute for attribute in load()["attributes"]}
        self.names = {entity["id"]: entity["name"] for entity in load()["entities"]}

    def say(self, template: Template, **values: object) -> str:
        return (template.zh if self.zh else template.en).format_map(values)

    def entity(self, entity: dict[str, Any]) -> Iterator[str]:
        yield f"{entity['name']}  ({entity['kind']}, {entity['id']})"
        yield from self.aliases(entity, "  ")
        for key, template in _LINKS.items():
            if given := entity.get(key):
                ids = [given] if isinstance(given, (str, dict)) else given
                yield f"  {self.say(template)}: {', '.join(self.named(each) for each in ids)}"
        for fact in entity.get("facts", ()):
            yield from self.fact(fact, "  ")
        for variant in entity.get("variants", ()):
            yield f"  {self.say(_VARIANT)} {variant['id']}"
            yield from self.aliases(variant, "    ")
            for fact in variant.get("facts", ()):
                yield from self.fact(fact, "    ")
        for mistake in entity.get("popular_mistakes", ()):
            wrong = ", ".join(values_of(mistake))
            yield f"  {self.say(_MISTAKE)}: {self.attribute(mistake['attribute'])} {wrong}: {mistake['why']}"

    def named(self, id_: Any) -> str:
        return f"{self.names[id_]} ({id_})" if isinstance(id_, str) and id_ in self.names else str(id_)

    def aliases(self, owner: dict[str, Any], indent: str) -> Iterator[str]:
        parts = []
        for alias in owner.get("aliases", ()):
            limits = [
                self.say(template, words=" / ".join(alias[key]))
                for key, template in (("needs", _NEEDS), ("never_near", _NEVER))
                if alias.get(key)
            ]
            parts.append(alias["text"] + (f" ({'; '.join(limits)})" if limits else ""))
        if parts:
            yield f"{indent}{self.say(_NAMES)}: {', '.join(parts)}"

    def attribute(self, id_: str) -> str:
        found = self.attributes.get(id_)
        return str(found["name"]["zh" if self.zh else "en"][0]) if found else id_

    def fact(self, fact: dict[str, Any], indent: str) -> Iterator[str]:
        kind = self.attributes.get(fact["attribute"], {}).get("type", "")
        values = ", ".join(readable(value, kind, self.lang) for value in values_of(fact))
        yield f"{indent}{self.attribute(fact['attribute'])}: {values or self.say(_UNKNOWN)}"
        for template, text in self.details(fact, kind):
            yield f"{indent}  {self.say(template)}: {text}"
        for source in fact["sources"]:
            place = cited(
                Citation(source["title"], source["url"], source.get("by", ""), source.get("year"), source.get("locator", ""))
            )
            yield f"{indent}  {self.say(_SOURCE)}: {place}"
            yield f"{indent}    {self.how(source['checked'])}"

    def details(self, fact: dict[str, Any], kind: str) -> Iterator[tuple[Template, str]]:
        if also := fact.get("also"):
            yield _ALSO, ", ".join(readable(value, kind, self.lang) for value in also)
        status = fact.get("status", "established")
        complete = f"; {self.say(_CLOSED)}" if fact.get("closed") else ""
        yield _STATUS, (_STATUSES.get(status, status) if self.zh else status) + complete
        if valid := fact.get("valid"):
            yield _VALID, f"{valid.get('from') or '...'} - {valid.get('until') or '...'}"
        if note := fact.get("note"):
            yield _NOTE, note
        if review := fact.get("review"):
            yield _REVIEW, review

    def how(self, checked: dict[str, Any]) -> str:
        said = self.say(_CHECKED[checked["how"]], on=checked["on"])
        return said + (self.say(_AT, at=checked["at"]) if checked.get("at") else "")
