"""Dataclasses that cost little to define: a check begins with the definition of more than a hundred.

The standard library writes and translates up to six functions for each, and describes every field. Here an `__init__` is that of
another class with as many fields, under other names; the other functions are shared; fields are described when somebody asks.
That a frozen record is not changed, the type checker sees to, not each assignment.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, field
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """Make a class a dataclass: fields, `replace`, equality and hash as the standard library has them."""

        def declared(cls):
            cls.__doc__ = cls.__doc__ or cls.__name__
            given = _given(cls) if slots else None
            own = cls.__dict__
            if given is None:
                made = dataclasses.dataclass(cls, repr=False, eq=False, slots=slots)
                compared = [each.name for each in dataclasses.fields(made) if each.compare] if eq else []
            else:
                made = _made(cls, given)
                compared = [name for name, (_, default) in given.items() if not isinstance(default, Field) or default.compare]
            if "__repr__" not in own:
                made.__repr__ = _repr
            if eq and "__eq__" not in own:
                made.__values__ = attrgetter("__class__", *compared)
                made.__eq__ = _eq
                made.__hash__ = own.get("__hash__") or (_hash if frozen else None)
            return made

        return declared if cls is None else declared(cls)


__all__ = ["dataclass", "field"]

_MISSING: Any = object()
_NEW: Any = object()
_Given = dict[str, tuple[str, Any]]
"""By name of the field: the annotation, and the default, which may be a field of the standard library."""


class _Fields:
    """Stands where a dataclass has its fields, until they are asked for."""

    def __init__(self, given: _Given) -> None:
        self.given = given

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        annotations = {name: annotation for name, (annotation, _) in self.given.items()}
        defaults = {name: default for name, (_, default) in self.given.items() if default is not _MISSING}
        like = type(owner.__name__, (), {"__annotations__": annotations, "__module__": owner.__module__, **defaults})
        fields: dict[str, Any] = dataclasses.dataclass(init=False, repr=False, eq=False)(like).__dataclass_fields__  # type: ignore[attr-defined]
        holder: Any = next(each for each in owner.__mro__ if each.__dict__.get("__dataclass_fields__") is self)
        holder.__dataclass_fields__ = fields
        return fields


def _given(cls: type) -> _Given | None:
    """The fields of a class, those of its bases first; None where the standard library has to look at them."""
    given: _Given = {}
    for base in reversed(cls.__mro__[1:-1]):
        fields = base.__dict__.get("__dataclass_fields__")
        if not isinstance(fields, _Fields):
            return None
        given |= fields.given
    own = cls.__dict__
    given |= {name: (annotation, own.get(name, _MISSING)) for name, annotation in own.get("__annotations__", {}).items()}
    plain = given and "__init__" not in own and not hasattr(cls, "__post_init__")
    return given if plain and all(_is_plain(*each) for each in given.values()) and _is_in_order(given) else None


def _is_plain(annotation: str, default: Any) -> bool:
    """Whether a field is set from an argument."""
    if "Var" in annotation or "KW_ONLY" in annotation or default.__class__.__hash__ is None:
        return False
    return not isinstance(default, Field) or default.init


def _is_in_order(given: _Given) -> bool:
    without = [_default(default) is _MISSING for _, default in given.values() if not _is_named(default)]
    return sorted(without, reverse=True) == without


def _is_named(default: Any) -> bool:
    """Whether a field is set by its name only."""
    return isinstance(default, Field) and default.kw_only is True


def _default(default: Any) -> Any:
    """What stands for an argument that is not given."""
    if not isinstance(default, Field):
        return default
    if default.default_factory is not MISSING:
        return _NEW
    return _MISSING if default.default is MISSING else default.default


def _made(cls: type, given: _Given) -> type:
    """The class with slots for its fields, which it can only have from the beginning."""
    body = {name: value for name, value in cls.__dict__.items() if name not in given and name not in ("__dict__", "__weakref__")}
    inherited = {name for base in cls.__mro__[1:-1] for name in base.__dict__.get("__slots__", ())}
    body |= {
        "__slots__": tuple(name for name in given if name not in inherited),
        "__match_args__": tuple(name for name, (_, default) in given.items() if not _is_named(default)),
        "__dataclass_fields__": _Fields(given),
        "__dataclass_params__": _params(),
        "__init__": _init(cls, given),
    }
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _init(cls: type, given: _Given) -> FunctionType:
    """Puts its arguments into the fields, and what their factories make where none is given."""
    fields = sorted(((name, default) for name, (_, default) in given.items()), key=lambda field: _is_named(field[1]))
    defaults = {name: value for name, default in fields if (value := _default(default)) is not _MISSING}
    named = sum(_is_named(default) for _, default in fields)
    template = _template(tuple(defaults.get(name) is _NEW for name, _ in fields), named)
    renamed = {f"field_{number}": name for number, (name, _) in enumerate(fields)}
    code = template.replace(
        co_varnames=tuple(renamed.get(name, name) for name in template.co_varnames),
        co_names=tuple(renamed.get(name, name) for name in template.co_names),
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    makers = {
        f"new_{number}": default.default_factory for number, (name, default) in enumerate(fields) if defaults.get(name) is _NEW
    }
    places = [name for name, default in fields if not _is_named(default)]
    init = FunctionType(code, makers | {"NEW": _NEW, "__name__": cls.__module__}, "__init__")
    init.__defaults__ = tuple(defaults[name] for name in places if name in defaults)
    init.__kwdefaults__ = {name: value for name, value in defaults.items() if name not in places}
    init.__qualname__ = code.co_qualname
    return init


@cache
def _template(is_made: tuple[bool, ...], named: int) -> CodeType:
    """The code of an `__init__` with one argument for each field, the last of them by name; some are made where not given."""
    names = [f"field_{number}" for number in range(len(is_made))]
    words = [*names[: len(names) - named], *["*"] * bool(named), *names[len(names) - named :]]
    lines = [
        f" self.{name} = new_{number}() if {name} is NEW else {name}" if is_made[number] else f" self.{name} = {name}"
        for number, name in enumerate(names)
    ]
    made: dict[str, Any] = {}
    exec("\n".join((f"def __init__(self, {', '.join(words)}):", *lines)), made)
    code: CodeType = made["__init__"].__code__
    return code


@cache
def _params() -> Any:
    """What the standard library wants to know of a base: with which words it was declared."""
    return dataclasses.make_dataclass("Any", (), repr=False, eq=False).__dataclass_params__  # type: ignore[attr-defined]


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: Any) -> bool:
    return self.__values__(self) == self.__values__(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__values__(self))
