"""What a handler needs is what its parameters say: after the request, each names a type."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, get_type_hints

from mend.dispatch.routes import Reply, Request

Run = Callable[[Request], Reply]  # a handler with what it needs


def bind(handler: Callable[..., Reply], services: Mapping[type, object]) -> Run:
    """Look up what the handler needs, once, at the start.

    Raises LookupError, naming handler and type, where a type is not among the services.
    """
    found: dict[str, Any] = {}
    for name, kind in _needs(handler).items():
        try:
            found[name] = services[kind]
        except KeyError:
            where = f"{handler.__module__}.{handler.__qualname__}"
            raise LookupError(f"{where} needs {kind}: {name}") from None
    return partial(handler, **found)


@cache  # handlers stay the same; tests put the bot together a thousand times
def _needs(handler: Callable[..., Reply]) -> Mapping[str, Any]:
    """Name and type of each parameter after the request."""
    types = get_type_hints(handler)
    return {name: types.get(name) for name in list(inspect.signature(handler).parameters)[1:]}
