"""How Mend says no: the sentences of every Refused, read from the code."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LEAST = 24  # characters that make a part its own: shorter ones are said elsewhere, too


@cache
def sentences() -> frozenset[str]:
    """The fixed parts of each, also of those that stand in a constant of some module."""
    trees = [ast.parse(path.read_text("utf-8")) for path in _modules()]
    refused = [node for tree in trees for node in ast.walk(tree) if _is_refusal(node)]
    names = {part.id for each in refused for part in ast.walk(each) if isinstance(part, ast.Name)}
    names |= {part.attr for e in refused for part in ast.walk(e) if isinstance(part, ast.Attribute)}
    said = [
        node.value
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign) and {getattr(t, "id", "") for t in node.targets} & names
    ]
    parts = [part for node in (*refused, *said) for part in ast.walk(node)]
    texts = [each.value for each in parts if isinstance(each, ast.Constant)]
    return frozenset(t for t in texts if isinstance(t, str) and len(t) >= LEAST and " " in t)


def refused_in(texts: list[str]) -> list[str]:
    """What of them says no."""
    return [each for each in sentences() if any(each in text for text in texts)]


def _modules() -> list[Path]:
    return [*ROOT.glob("mend/**/*.py"), *ROOT.glob("handlers/*.py")]


def _is_refusal(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused"
