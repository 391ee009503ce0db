"""Slack's way in: one module a feature. Each declares what it answers to in `register`."""

from __future__ import annotations

import importlib
import pkgutil

from mend.dispatch.routes import Routes


def declared() -> Routes:
    """The routes of every feature module in this folder."""
    routes = Routes()
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        found = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(found, "register"):
            found.register(routes)
    return routes
