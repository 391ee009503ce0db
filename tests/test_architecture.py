"""The house: one feature, one room; imports only go down, and libraries stay fenced in.

`model.py` of a room (values and rules, standard library only) may be read by any other room.
"""

import ast
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

ROWS = [  # from the top: a room imports rooms of lower rows only
    ["bot", "demo"],
    ["mend.cli"],
    ["mend.app"],
    ["mend.serve"],
    ["handlers"],
    ["mend.home", "mend.privacy", "mend.doctor"],
    ["mend.recap"],
    ["mend.ownit"],
    ["mend.editor"],
    ["mend.promises", "mend.lookbacks", "mend.repair", "mend.pause"],
    ["mend.helping"],
    ["mend.playbooks"],
    ["mend.dispatch"],
    ["mend.people"],
    ["mend.core"],
    ["mend.text", "mend.search", "mend.slack"],
    ["mend.db"],
    ["mend.settings"],
]
ROOMS = {room: len(ROWS) - row for row, rooms in enumerate(ROWS) for room in rooms}
FENCED = {
    "slack_bolt": {"mend.dispatch", "mend.serve", "mend.app"},
    "slack_sdk": {"mend.slack", "mend.serve"},
    "sqlite_utils": {"mend.db"},
    "sqlite3": {"mend.db"},
    "psycopg": {"mend.db"},
    "psycopg_pool": {"mend.db"},
    "ruamel": {"mend.playbooks"},
    "dotenv": {"bot", "mend.cli"},
    "waitress": {"mend.serve"},
    "websocket": {"mend.serve"},
    "numpy": {"mend.search", "mend.text"},
    "onnxruntime": {"mend.search"},
    "holidays": {"mend.people"},
    "rapidfuzz": {"mend.search"},
    "phonenumbers": {"mend.text"},
    "stdnum": {"mend.text"},
}


def room_of(module: str) -> str:
    return max((room for room in ROOMS if f"{module}.".startswith(f"{room}.")), key=len, default="")


def is_model(module: str) -> bool:
    """Whether it is a room's model, or a name in it."""
    return "model" in module.split(".")[-2:]


@cache
def product() -> dict[str, ast.Module]:
    """Every module of the product, parsed."""
    files = [ROOT / "bot.py"]
    for folder in ("handlers", "mend", "demo"):
        files += sorted(ROOT.glob(f"{folder}/**/*.py"))
    return {
        file.relative_to(ROOT)
        .with_suffix("")
        .as_posix()
        .replace("/", ".")
        .removesuffix(".__init__"): ast.parse(file.read_text())
        for file in files
    }


@cache
def imports() -> list[tuple[str, str]]:
    """(module, imported name) for every import of the product."""
    found = []
    for name, tree in product().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(name, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [(name, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def test_imports_only_go_down() -> None:
    wrong = []
    for file, module in imports():
        here, there = room_of(file), room_of(module)
        if not there or here == there or is_model(module):
            continue
        if not here or ROOMS[there] >= ROOMS[here]:
            wrong.append(f"{file} imports {module}")
    assert wrong == []


def test_models_read_the_standard_library_and_other_models_only() -> None:
    allowed = set(sys.stdlib_module_names) - {"sqlite3", "time", "logging", "threading"}
    wrong = [
        f"{file} imports {module}"
        for file, module in imports()
        if file.endswith(".model") and not is_model(module) and module.split(".")[0] not in allowed
    ]
    assert wrong == []


def test_models_do_not_go_in_circles() -> None:
    reads: dict[str, set[str]] = {}
    for file, module in imports():
        if file.endswith(".model") and is_model(module):
            to = module if module.endswith(".model") else module.rpartition(".")[0]
            reads.setdefault(file, set()).add(to)
    while leaves := [file for file in reads if not reads[file] & reads.keys()]:
        for leaf in leaves:
            del reads[leaf]
    assert reads == {}


def test_libraries_stay_where_they_are_fenced_in() -> None:
    wrong = []
    for file, module in imports():
        fence = max(
            (name for name in FENCED if f"{module}.".startswith(f"{name}.")), key=len, default=""
        )
        kind = "views" if file.endswith(("views", "forms", "picker", "fill_in")) else ""
        if fence and not {room_of(file), kind} & FENCED[fence]:
            wrong.append(f"{file} imports {module}")
    assert wrong == []


def test_every_module_has_a_room() -> None:
    assert {file for file in product() if not room_of(file)} <= {"mend"}


def test_a_file_has_one_subject_and_a_function_is_read_at_a_glance() -> None:
    """At most 320 lines a file, and 60 a function."""
    longest = {name: tree.body[-1].end_lineno or 0 for name, tree in product().items() if tree.body}
    assert {name: lines for name, lines in longest.items() if lines > 320} == {}
    functions = {
        f"{name}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, tree in product().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in functions.items() if lines > 60} == {}


def test_broad_excepts_stand_in_the_two_places_meant_for_them() -> None:
    found = [
        file
        for file, tree in product().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    assert sorted(found) == ["mend.db.worker", "mend.dispatch.errors"]


def test_only_one_place_redacts_what_people_type() -> None:
    """It knows the names of the workspace's people; the command line has lines of its own."""
    redacts = {file for file, module in imports() if module == "mend.text.redaction.redact"}
    assert redacts == {"mend.text.redactor", "mend.cli.without_slack"}


def test_a_module_of_handlers_leads_to_another_feature_by_a_routes_id_only() -> None:
    """Those of one room may share a function; the rest is `mend.slack.doors`."""
    rooms = {"handlers.review": "handlers.editor"}
    wrong = [
        f"{file} imports {module}"
        for file, module in imports()
        if file.startswith("handlers.") and module.startswith("handlers.")
        if not module.startswith(f"{rooms.get(file)}.")
    ]
    assert wrong == []
