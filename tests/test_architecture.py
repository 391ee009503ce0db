"""The floors of the building: imports only go down, and libraries stay where they are fenced in."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent

FLOORS = {
    "workspace": 5,
    "bot": 4,
    "handlers": 3,
    "mend.scheduler": 3,
    "mend.console": 3,
    "mend.services": 2,
    "mend.store": 2,
    "mend.slack_gateway": 2,
    "mend.search": 1,
    "mend.language": 1,
    "mend.blocks": 1,
    "mend.playbook_files": 1,
    "mend.ports": 1,
    "mend.domain": 0,
    "mend.settings": 0,
    "mend.setting_values": 0,
}
OWN_FLOOR = {
    ("mend.settings", "mend.domain"),
    ("mend.settings", "mend.setting_values"),
    ("mend.setting_values", "mend.domain"),
}
NEVER = {("handlers", "mend.store"), ("handlers", "mend.slack_gateway"), ("workspace", "")}
NEVER |= {
    (part, low) for part in ("handlers", "mend.scheduler") for low in ("mend.playbook_files",)
}
NEVER |= {("mend.services", "mend.playbook_files")}
FENCED = {
    "slack_bolt": {"handlers", "bot"},
    "slack_sdk.models": {"mend.blocks"},
    "slack_sdk": {"mend.slack_gateway", "mend.blocks", "bot"},
    "sqlite_utils": {"mend.store"},
    "sqlite3": {"mend.store"},
    "ruamel": {"mend.playbook_files"},
    "dotenv": {"bot"},
    "waitress": {"handlers"},
    "websocket": {"handlers"},
    "numpy": {"mend.search"},
    "holidays": {"mend.services"},
    "rapidfuzz": {"mend.search"},
    "phonenumbers": {"mend.language"},
    "stdnum": {"mend.language"},
}


def part_of(module: str) -> str:
    return max(
        (part for part in FLOORS if f"{module}.".startswith(f"{part}.")), key=len, default=""
    )


def imports() -> list[tuple[str, str]]:
    """(file, imported module) for every import of the product."""
    found = []
    files = [ROOT / "bot.py", *sorted(ROOT.glob("handlers/**/*.py"))]
    files += [*sorted(ROOT.glob("mend/**/*.py")), *sorted(ROOT.glob("workspace/**/*.py"))]
    for file in files:
        name = file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                found += [(name, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [(name, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def test_imports_only_go_down() -> None:
    wrong = []
    for file, module in imports():
        here, there = part_of(file), part_of(module)
        if not there or here == there or (here, there) in OWN_FLOOR or here == "":
            continue
        if FLOORS[there] >= FLOORS[here] or (here, there) in NEVER or here == "workspace":
            wrong.append(f"{file} imports {module}")
    assert wrong == []


def test_libraries_stay_where_they_are_fenced_in() -> None:
    wrong = []
    for file, module in imports():
        if part_of(file) == "workspace":
            continue
        fence = max(
            (name for name in FENCED if f"{module}.".startswith(f"{name}.")), key=len, default=""
        )
        if fence and part_of(file) not in FENCED[fence]:
            wrong.append(f"{file} imports {module}")
    assert wrong == []


def test_every_file_belongs_to_a_part() -> None:
    assert {file for file, _ in imports() if not part_of(file)} <= {"mend.__init__"}


def test_rules_use_the_standard_library_only() -> None:
    allowed = {"mend"} | set(__import__("sys").stdlib_module_names)
    wrong = [
        f"{file} imports {module}"
        for file, module in imports()
        if part_of(file) in ("mend.domain", "mend.settings") and module.split(".")[0] not in allowed
    ]
    assert wrong == []


def test_broad_excepts_stand_in_the_two_places_meant_for_them() -> None:
    found = []
    for file in [ROOT / "bot.py", *ROOT.glob("handlers/**/*.py"), *ROOT.glob("mend/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text())):
            is_broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            )
            if is_broad:
                found.append(file.relative_to(ROOT).as_posix())
    assert sorted(found) == ["handlers/errors.py", "mend/scheduler.py"]


def test_only_one_place_masks_what_people_type() -> None:
    """It knows the names of the workspace's people; the command line has lines of its own."""
    masks = {file for file, module in imports() if module == "mend.language.personal_data.mask"}
    assert masks == {"mend.services.masking", "mend.console"}
