"""What a handler needs is what its parameters say: after the request, each names a type."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, get_type_hints

from mend.dispatch.routes import Reply, Request

Run = Callable[[Request], Reply]  # a handler with what it needs


def bind(handler: Callable[..., Reply], services: Mapping[type, object]) -> Run:
    """Look up what the handler needs, once, at the start.

    Raises LookupError, naming handler and type, where a type is not among the services.
    """
    types = get_type_hints(handler)
    needed = list(inspect.signature(handler).parameters)[1:]
    found: dict[str, Any] = {}
    for name in needed:
        if types.get(name) not in services:
            raise LookupError(
                f"{handler.__module__}.{handler.__qualname__} needs {types.get(name)}: {name}"
            )
        found[name] = services[types[name]]
    return partial(handler, **found)
