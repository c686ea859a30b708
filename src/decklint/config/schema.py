"""What a settings file may say. Imported only where there is one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from decklint import catalogue
from decklint.config.globs import trouble
from decklint.config.problems import did_you_mean, unknown_rule


def _refuse(problem: str | None) -> None:
    if problem is not None:
        raise PydanticCustomError("setting", "{problem}", {"problem": problem})


def _selector(word: str) -> str:
    _refuse(unknown_rule(word))
    return word


def _rule(word: str) -> str:
    _refuse(unknown_rule(word, single=True))
    return word


def _glob(pattern: str) -> str:
    _refuse(trouble(pattern))
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


KEYS = tuple(field.alias or name for name, field in SettingsFile.model_fields.items())


class Invalid(Exception):
    """Data that no settings file may hold; `problems` are what is wrong, each with the path of the key or item."""

    def __init__(self, error: ValidationError) -> None:
        super().__init__(str(error))
        self.problems = [(each["loc"], _told(each)) for each in error.errors(include_url=False)]


def checked(data: Any) -> dict[str, Any]:
    """The settings that data has, by key, only those that it has.

    Raises:
        Invalid: an unknown key, a wrong type, an unknown rule, a glob that cannot fit.
    """
    try:
        return SettingsFile.model_validate(data).model_dump(by_alias=True, exclude_unset=True)
    except ValidationError as error:
        raise Invalid(error) from None


_WANTED = {
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "list_type": 'a list, as ["image-without-text"]',
    "dict_type": "a table with a key for each entry",
    "model_type": "a table",
}


def _told(error: ErrorDetails) -> str:
    kind, given = error["type"], error["input"]
    path = [part for part in error["loc"] if part != "[key]"]
    key = str(path[-1] if isinstance(path[-1], str) or len(path) == 1 else path[-2]) if path else "tool.decklint"
    if kind == "setting":
        return error["msg"]
    if kind == "extra_forbidden":
        return f'unknown key "{key}"' + (did_you_mean(key, KEYS) or f"; there are {', '.join(KEYS)}")
    if kind == "literal_error":
        wanted = error["ctx"]["expected"].replace("'", '"')
        near = did_you_mean(given, wanted.replace(" or ", ", ").replace('"', "").split(", ")) if isinstance(given, str) else ""
        return f'"{key}" is {wanted}, not {_shown(given)}{near}'
    if kind == "list_type" and isinstance(given, str):
        return f'"{key}" wants a list; write {key if key.replace("-", "").isalnum() else _shown(key)} = [{_shown(given)}]'
    return f'"{key}" wants {_WANTED.get(kind, error["msg"])}, not {_shown(given)}'


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    return "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else str(value)


def json_schema() -> dict[str, Any]:
    """The JSON schema for editors, with the names of all rules."""
    schema = SettingsFile.model_json_schema(by_alias=True)
    files = catalogue.rule_files()
    names = [word for file in files for word in (file.name, file.code)]
    families = sorted({file.code[:2] for file in files})
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$defs"] = {"rule": {"enum": names}, "selector": {"enum": ["ALL", *families, *names]}}
    selectors = {"type": "array", "items": {"$ref": "#/$defs/selector"}}
    keys = schema["properties"]
    for key in ("select", "extend-select", "ignore"):
        keys[key].update(selectors)
    keys["per-file-ignores"]["additionalProperties"] = selectors
    keys["severity"]["propertyNames"] = {"$ref": "#/$defs/rule"}
    del keys["lang"]["default"]
    return schema
