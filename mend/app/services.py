"""What was put together, each found by its type: by what leans on it, and by handlers."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

T = TypeVar("T")
Clock = Callable[[], datetime]  # what tells the time is found by its type, too


class Services(dict[Any, object]):
    """Everything that was put together."""

    def __init__(self, now: Clock) -> None:
        super().__init__({Clock: now})
        self.now = now

    def add(self, service: T) -> T:
        self[type(service)] = service
        return service

    def __missing__(self, kind: Any) -> object:
        """What nobody put together yet is, where that is all that it takes."""
        if not is_dataclass(kind):
            raise KeyError(kind)
        return self.make(cast(Callable[..., object], kind))

    def make(self, kind: Callable[..., T], **given: Any) -> T:
        """Put a dataclass together: its fields say by their types what they need, but what is
        `given`. Raises KeyError for what there is none of."""
        named = {name: self[need] for name, need in _needs(kind).items() if name not in given}
        return self.add(kind(**named, **given))

    def of(self, kind: type[T]) -> T:
        found = self[kind]
        assert isinstance(found, kind)
        return found


@cache  # classes stay the same; tests put the bot together a thousand times
def _needs(kind: Any) -> Mapping[str, type]:
    """Name and type of each field without a default."""
    types = get_type_hints(kind)
    return {
        each.name: types[each.name]
        for each in fields(kind)
        if each.default is MISSING and each.default_factory is MISSING
    }
