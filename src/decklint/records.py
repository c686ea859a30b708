"""Dataclasses that cost little to define: a check begins with the definition of more than a hundred.

The standard library writes, translates and runs up to six functions for each; here that is done for `__init__` alone, and the
others are shared. That a frozen record is not changed, the type checker sees to, not each assignment.
"""

from __future__ import annotations

from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass, field
else:
    import dataclasses
    from dataclasses import field

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """Make a class a dataclass: fields, `replace`, equality and hash as the standard library has them."""

        def declared(cls):
            cls.__doc__ = cls.__doc__ or cls.__name__
            made = dataclasses.dataclass(cls, repr=False, eq=False, slots=slots)
            own = cls.__dict__
            if "__repr__" not in own:
                made.__repr__ = _repr
            if eq and "__eq__" not in own:
                made.__values__ = attrgetter("__class__", *(each.name for each in dataclasses.fields(made) if each.compare))
                made.__eq__ = _eq
                made.__hash__ = own.get("__hash__") or (_hash if frozen else None)
            return made

        return declared if cls is None else declared(cls)


__all__ = ["dataclass", "field"]


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, each in self.__dataclass_fields__.items() if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: Any) -> bool:
    return self.__values__(self) == self.__values__(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__values__(self))
