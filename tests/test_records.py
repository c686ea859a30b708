"""Records are dataclasses: whatever the standard library says of a class, they say too."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from decklint import catalogue, records

Declare = Callable[..., Any]


def plain(declare: Declare) -> Any:
    @declare(slots=True)
    class Plain:
        first: int
        second: str = "two"

    return Plain


def made(declare: Declare) -> Any:
    @declare(slots=True)
    class Made:
        first: int
        second: list[int] = dataclasses.field(default_factory=list)
        third: str = dataclasses.field(default="three", repr=False, compare=False)
        fourth: dict[str, int] = dataclasses.field(default_factory=dict)

    return Made


def named(declare: Declare) -> Any:
    @declare(slots=True, eq=False)
    class Above:
        first: int
        hidden: int = dataclasses.field(default=0, repr=False, kw_only=True)

    @declare(slots=True)
    class Named(Above):
        second: str
        third: set[int] = dataclasses.field(default_factory=set, kw_only=True)
        fourth: str = "four"

    return Named


def overriding(declare: Declare) -> Any:
    @declare(frozen=True, slots=True)
    class Above:
        first: int
        second: str

    @declare(frozen=True, slots=True)
    class Overriding(Above):
        third: int = 3
        first: int = 1
        second: str = "two"

    return Overriding


def finished(declare: Declare) -> Any:
    @declare(slots=True)
    class Finished:
        first: int
        kept: ClassVar[int] = 7
        double: int = dataclasses.field(init=False)

        def __post_init__(self) -> None:
            self.double = 2 * self.first

    return Finished


CLASSES = (plain, made, named, overriding, finished)
ARGUMENTS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    ((), {}),
    ((1,), {}),
    ((1, "b"), {}),
    ((1, "b"), {"hidden": 5, "third": {3}}),
    ((1,), {"second": "b"}),
    ((1, [2], "c", {}), {}),
    ((1, 2, 3, 4, 5), {}),
    ((1,), {"first": 1}),
    ((1,), {"fifth": 1}),
)


def said(make: Callable[[], Any]) -> Any:
    try:
        return make()
    except TypeError as error:
        return str(error)


def shown(kind: Any, args: tuple[Any, ...], words: dict[str, Any]) -> list[Any]:
    """All that can be seen of an instance, or of the error where there is none."""
    one, other = said(lambda: kind(*args, **words)), said(lambda: kind(*args, **words))
    if isinstance(one, str):
        return [one]
    again = said(lambda: dataclasses.replace(one, first=9))
    equal = [one == other, one == again, one == 1, copy.deepcopy(one) == one, said(lambda: isinstance(hash(one), int))]
    shared = [getattr(one, each.name) is getattr(other, each.name) for each in dataclasses.fields(one)]
    return [repr(one), repr(again), dataclasses.asdict(one), dataclasses.astuple(one), equal, shared, hasattr(one, "__dict__")]


@pytest.mark.parametrize("make", CLASSES, ids=lambda make: make.__name__)
@pytest.mark.parametrize(("args", "words"), ARGUMENTS)
def test_instances_are_those_of_the_standard_library(make: Callable[[Declare], Any], args: Any, words: Any) -> None:
    ours, theirs = (shown(make(declare), args, words) for declare in (records.dataclass, dataclasses.dataclass))

    assert theirs == ours


@pytest.mark.parametrize("make", CLASSES, ids=lambda make: make.__name__)
def test_fields_are_those_of_the_standard_library(make: Callable[[Declare], Any]) -> None:
    def told(kind: Any) -> list[Any]:
        described = [
            (each.name, each.type, each.default, each.default_factory, each.init, each.repr, each.compare, each.kw_only)
            for each in dataclasses.fields(kind)
        ]
        signature = [(each.name, each.kind) for each in inspect.signature(kind).parameters.values()]
        return [described, signature, kind.__match_args__, kind.__slots__, kind.__init__.__qualname__, kind.__module__]

    assert told(make(dataclasses.dataclass)) == told(make(records.dataclass))


def test_fields_that_cannot_be_are_refused() -> None:
    with pytest.raises(TypeError, match="non-default argument 'second' follows default argument"):

        @records.dataclass(slots=True)
        class Backwards:
            first: int = 1
            second: int  # type: ignore[misc]

    with pytest.raises(ValueError, match="mutable default"):

        @records.dataclass(slots=True)
        class Shared:
            first: list[int] = []


@records.dataclass(frozen=True, slots=True)
class Sent:
    """At the top of a module, where it can be found again."""

    first: int
    second: tuple[int, ...] = ()


def test_records_are_sent_to_other_processes() -> None:
    assert Sent(1, (2,)) == pickle.loads(pickle.dumps(Sent(1, (2,))))
    assert {Sent(1): "found"}[Sent(1)] == "found"


def test_most_records_are_made_without_the_standard_library() -> None:
    """That is what they are for; the others are its own business."""
    for file in catalogue.rule_files():
        catalogue.load(file)
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("decklint.")]
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    classes = [each for each in found if each.__module__.startswith("decklint.") and hasattr(each, "__values__")]
    ours = [each for each in classes if "NEW" in vars(each)["__init__"].__globals__]

    assert 60 < len(classes)
    assert len(classes) * 0.9 < len(ours)
