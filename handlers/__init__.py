"""Slack's way in: one module a feature. Each declares above a handler what it answers to."""

import importlib
import pkgutil

from mend.dispatch.routes import Routes


def declared() -> Routes:
    """The routes of every feature module in this folder."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return Routes(*(importlib.import_module(f"{__name__}.{name}").on for name in names))
