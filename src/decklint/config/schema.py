"""What a settings file may say. Imported only where there is one."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from decklint import catalogue
from decklint.config import globs
from decklint.config.problems import unknown_rule
from decklint.config.rule_options import checked_options, keys_of, rules_with_options, schema, trouble
from decklint.config.saying import NOTHING, Said, did_you_mean, either, say, there_are


def _refuse(problem: Said | None) -> None:
    if problem is not None:
        raise PydanticCustomError("setting", "{problem}", {"problem": problem})


def _selector(word: str) -> str:
    _refuse(unknown_rule(word))
    return word


def _rule(word: str) -> str:
    _refuse(unknown_rule(word, single=True))
    return word


def _glob(pattern: str) -> str:
    _refuse(globs.trouble(pattern))
    return pattern


Selector = Annotated[str, AfterValidator(_selector)]
RuleName = Annotated[str, AfterValidator(_rule)]
Pattern = Annotated[str, AfterValidator(_glob)]


class SettingsFile(BaseModel):
    """Settings of decklint, a linter for Marp lecture decks."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="decklint.toml")

    extends: str = Field(default="", description="Another settings file, relative to this one, that this one goes before.")
    preset: Literal["default", "strict", "draft"] = Field(
        default="default", description="draft: errors only; default: for every day; strict: every rule, for publishing."
    )
    select: list[Selector] = Field(
        default=[], description="Only these rules, whatever the preset says: codes, names, families or ALL."
    )
    extend_select: list[Selector] = Field(
        default=[], alias="extend-select", description="These rules too, also those that are off by default."
    )
    ignore: list[Selector] = Field(default=[], description="Not these rules: codes, names or families.")
    severity: dict[RuleName, Literal["error", "warning", "info"]] = Field(
        default={}, description="How bad the findings of a rule are, by its code or name."
    )
    fail_on: Literal["error", "warning", "info", "never"] = Field(
        default="error", alias="fail-on", description="The lowest severity with which a run exits with 1."
    )
    lang: Literal["en", "zh"] = Field(default="en", description="Language of messages; without it, that of the system.")
    show_all: bool = Field(
        default=False, alias="show-all", description="Print every kind of finding, not only the dozen that weigh most in a deck."
    )
    include: list[Pattern] = Field(default=[], description="In folders look only at files that fit one of these globs.")
    exclude: list[Pattern] = Field(default=[], description="Never check files that fit one of these globs, even if named.")
    per_file_ignores: dict[Pattern, list[Selector]] = Field(
        default={}, alias="per-file-ignores", description="Rules that are not run on files that fit a glob."
    )
    accept: list[str] = Field(
        default=[], description="Names and words that are right just so: no rule for names, acronyms and terms (TM) objects."
    )
    packs: list[str] = Field(
        default=[], description="Your own facts and terms: YAML files, or folders of them, relative to this file."
    )
    rules: dict[RuleName, dict[str, Any]] = Field(
        default={}, description="Options of single rules, a table for each; `decklint rule NAME` tells which there are."
    )


KEYS = tuple(field.alias or name for name, field in SettingsFile.model_fields.items())


class Invalid(Exception):
    """Data that no settings file may hold; `problems` are what is wrong, each with the path of the key or item."""

    def __init__(self, errors: list[ErrorDetails]) -> None:
        super().__init__("not valid")
        self.problems = [(each["loc"], _told(each)) for each in errors]


def checked(data: Any) -> dict[str, Any]:
    """The settings that data has, by key, only those that it has.

    Raises:
        Invalid: an unknown key, a wrong type, an unknown rule, a glob that cannot fit, an option that a rule has not.
    """
    tables = data.get("rules") if isinstance(data, dict) else None
    named = tables.items() if isinstance(tables, dict) else ()
    options = {name: table for name, table in named if catalogue.find(name) and isinstance(table, dict)}
    wrong: list[ErrorDetails] = []
    for name, table in options.items():
        wrong += ({**each, "loc": ("rules", name, *each["loc"])} for each in trouble(name, table))
    try:
        found = SettingsFile.model_validate(data).model_dump(by_alias=True, exclude_unset=True)
    except ValidationError as error:
        raise Invalid(error.errors(include_url=False) + wrong) from None
    if wrong:
        raise Invalid(wrong)
    if options:
        found["rules"] = {name: checked_options(name, table) for name, table in options.items()}
    return found


_WANTED = {
    "string_type": Said("text in quotes", "加引号的文字"),
    "bool_type": Said("true or false", "true 或 false"),
    "list_type": Said('a list, as ["image-without-text"]', '列表，如 ["image-without-text"]'),
    "tuple_type": Said("a list", "列表"),
    "dict_type": Said("a table with a key for each entry", "表，每项一个键"),
    "model_type": Said("a table", "表"),
}


def _told(error: ErrorDetails) -> Said:
    kind, given = error["type"], error["input"]
    path = [part for part in error["loc"] if part != "[key]"]
    key = str(path[-1] if isinstance(path[-1], str) or len(path) == 1 else path[-2]) if path else "tool.decklint"
    if kind == "setting":
        problem: Said = error["ctx"]["problem"]
        return problem
    if kind == "unexpected_keyword_argument":
        return _no_option(str(path[1]), key)
    if kind == "extra_forbidden":
        return _no_key(key, given)
    if kind == "literal_error":
        return _no_choice(key, re.findall("'([^']*)'", error["ctx"]["expected"]), given, of_severity=path[0] == "severity")
    if kind in ("list_type", "tuple_type") and isinstance(given, str):
        left = key if key.replace("-", "").isalnum() else _shown(key)
        return say(
            '"{key}" wants a list; write {left} = [{given}]',
            '"{key}" 应为列表；请写 {left} = [{given}]',
            key=key,
            left=left,
            given=_shown(given),
        )
    wanted = _WANTED.get(kind, Said(error["msg"], f"另一种值（{error['msg']}）"))
    return say(
        '"{key}" wants {wanted}, not {given}',
        '"{key}" 应为：{wanted}；实为：{given}',
        key=key,
        wanted=wanted,
        given=_shown(given),
    )


def _no_option(rule: str, key: str) -> Said:
    known = keys_of(rule)
    said = say('"{rule}" has no option "{key}"', '"{rule}" 没有选项 "{key}"', rule=rule, key=key)
    if key == "severity":
        return said.then(Said("; severities stand in the table [severity]", "；严重程度写在 [severity] 表中"))
    return said.then(did_you_mean(key, known) or there_are(known))


def _no_key(key: str, given: object) -> Said:
    if key in ("tool", "decklint") and isinstance(given, dict):
        return say(
            'unknown table "{key}"; here keys stand without it, [tool.decklint] is for pyproject.toml',
            '没有名为 "{key}" 的表；在这里直接写键，[tool.decklint] 只用于 pyproject.toml',
            key=key,
        )
    return say('unknown key "{key}"', '没有名为 "{key}" 的键', key=key).then(did_you_mean(key, KEYS) or there_are(KEYS))


def _no_choice(key: str, wanted: list[str], given: object, *, of_severity: bool) -> Said:
    said = say(
        '"{key}" is {wanted}, not {given}',
        '"{key}" 应为：{wanted}；实为：{given}',
        key=key,
        wanted=either(wanted),
        given=_shown(given),
    )
    if of_severity and given in ("off", "none", "ignore", False):
        return said.then(say('; to switch it off, write ignore = ["{key}"]', '；要关闭它，请写 ignore = ["{key}"]', key=key))
    return said.then(_meant(given, wanted) if isinstance(given, str) else NOTHING)


def _meant(word: str, known: list[str]) -> Said:
    """The nearest of the values that there are; `zh-CN` is near to `zh`."""
    return did_you_mean(re.split("[-_]", word)[0] if re.match("(?i)(?:zh|en)[-_]", word) else word, known)


def _shown(value: object) -> Said | str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return Said("a list", "列表")
    return Said("a table", "表") if isinstance(value, dict) else str(value)


def json_schema() -> dict[str, Any]:
    """The JSON schema for editors, with the names of all rules."""
    whole = SettingsFile.model_json_schema(by_alias=True)
    files = catalogue.rule_files()
    names = [word for file in files for word in (file.name, file.code)]
    families = sorted({file.code[:2] for file in files})
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    whole["$defs"] = {"rule": {"enum": names}, "selector": {"enum": ["ALL", *families, *names]}}
    selectors = {"type": "array", "items": {"$ref": "#/$defs/selector"}}
    keys = whole["properties"]
    for key in ("select", "extend-select", "ignore"):
        keys[key].update(selectors)
    keys["per-file-ignores"]["additionalProperties"] = selectors
    keys["severity"]["propertyNames"] = {"$ref": "#/$defs/rule"}
    options = {name: schema(name) for name in rules_with_options()}
    codes = {file.code: options[file.name] for file in files if file.name in options}
    keys["rules"] = {**keys["rules"], "properties": {**options, **codes}, "additionalProperties": False}
    keys["rules"].pop("propertyNames", None)
    del keys["lang"]["default"]
    return whole
