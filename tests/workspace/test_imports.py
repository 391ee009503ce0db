"""Imports in the workspace, and in the modules of its page, go one way only."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

WORKSPACE = Path(__file__).parents[2] / "workspace"
PAGE = WORKSPACE / "page"

Imports = dict[str, set[str]]


def python_imports(folder: Path) -> Imports:
    """What each module imports of its package; also what is imported for its types only."""
    names = {file.stem for file in folder.glob("*.py")}
    found: Imports = {}
    for file in folder.glob("*.py"):
        imported = set()
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                package = f"{folder.name}." * bool(node.level) + f"{node.module or ''}"
                imported |= {f"{package}.{alias.name}" for alias in node.names} | {package}
        parts = [each.strip(".").split(".") for each in imported]
        found[file.stem] = {
            part[1] for part in parts if part[0] == folder.name and part[1:] and part[1] in names
        }
    return found


def page_imports(folder: Path) -> Imports:
    """The same of the page's JavaScript."""
    of = re.compile(r"""(?:from|import|import\()\s*["']\./([\w-]+\.js)["']""")
    return {file.name: set(of.findall(file.read_text())) for file in folder.glob("*.js")}


def circle(imports: Imports) -> str:
    """One circle, as "a > b > a"; empty where there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return " > ".join(reversed(found.args[1]))
    return ""


@pytest.mark.parametrize(
    "imports", [python_imports(WORKSPACE), page_imports(PAGE)], ids=["python", "page"]
)
def test_no_imports_go_in_a_circle(imports: Imports) -> None:
    assert sum(map(len, imports.values())) > 5
    assert circle(imports) == ""


def test_a_circle_is_named_however_it_is_written(tmp_path: Path) -> None:
    package = tmp_path / "office"
    package.mkdir()
    (package / "desk.py").write_text("from office import lamp\nfrom typing import Any\n")
    (package / "lamp.py").write_text("def on():\n    import office.plug\n")
    (package / "plug.py").write_text("if TYPE_CHECKING:\n    from office.desk import Desk\n")
    assert circle(python_imports(package)) in (
        "desk > lamp > plug > desk",
        "lamp > plug > desk > lamp",
        "plug > desk > lamp > plug",
    )
    (package / "plug.py").write_text("from .desk import Desk\n")
    assert circle(python_imports(package)) != ""
    (package / "plug.py").write_text("from . import wire\n")
    assert circle(python_imports(package)) == ""
    (package / "app.js").write_text('import { draw } from "./modal.js";\n')
    (package / "modal.js").write_text("import {\n  page,\n} from './app.js';\n")
    assert circle(page_imports(package)) in (
        "app.js > modal.js > app.js",
        "modal.js > app.js > modal.js",
    )
