"""No query by person exists for anyone but that person: read from the handlers' own source."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any, get_type_hints

import handlers
import mend
from mend.dispatch import payloads
from mend.dispatch.routes import Deps
from mend.slack.gateway import SlackGateway

FOLDER = Path(handlers.__file__).parent
PERSON_PARAMETERS = {"person", "owner", "asker", "supervisor", "taker", "author"}
SLACK = SlackGateway  # asks Slack, not the db: where to deliver, never what is kept

# The functions that are handed a person: App Home of whoever pressed there, or opened it.
HOME = {("home.py", name, "person") for name in ("publish", "of", "refresh")}


def member(owner: Any, name: str) -> Any:
    """The type of an attribute of Deps or of a Protocol."""
    found = inspect.getattr_static(owner, name, None)
    if isinstance(found, property):
        assert found.fget is not None
        return get_type_hints(found.fget)["return"]
    return get_type_hints(owner).get(name)


def by_person(module: Any, call: ast.Call, names: dict[str, ast.expr]) -> list[ast.expr]:
    """What a call hands to the person parameters of a method found through `deps`."""
    chain: list[str] = []
    node: ast.expr = call.func
    while True:
        if isinstance(node, ast.Attribute):
            chain.insert(0, node.attr)
            node = node.value
        elif isinstance(node, ast.Name) and node.id in names:
            node = names[node.id]
        else:
            break
    owner: Any = Deps
    if isinstance(node, ast.Call) and [ast.unparse(each) for each in node.args] == ["deps.db"]:
        owner = vars(module)[ast.unparse(node.func)]
    elif not isinstance(node, ast.Name) or node.id != "deps":
        return []
    for name in chain[:-1]:
        owner = member(owner, name)
        assert owner is not None, f"{'.'.join(chain)} cannot be followed"
    method = inspect.getattr_static(owner, chain[-1], None)
    if owner is SLACK or not inspect.isfunction(method):
        return []
    parameters = list(inspect.signature(method).parameters)[1:]
    handed = dict(zip(parameters, call.args, strict=False))
    handed |= {each.arg: each.value for each in call.keywords if each.arg}
    assert not any(isinstance(each, ast.Starred) for each in call.args), ast.unparse(call)
    return [handed[name] for name in parameters if name in PERSON_PARAMETERS and name in handed]


def aliases(function: ast.AST) -> dict[str, ast.expr]:
    return {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Attribute)
        and ast.unparse(node.value).startswith("deps.")
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def uses() -> list[tuple[str, str, str, str]]:
    """(file, function, call, what it hands over as the person) in all handlers."""
    found = []
    for file in sorted(FOLDER.glob("[!_]*.py")):
        module = importlib.import_module(f"handlers.{file.stem}")
        for function in ast.parse(file.read_text()).body:
            names = aliases(function)
            for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
                handed = by_person(module, call, names)
                if ast.unparse(call.func) in ("home.publish", "home.refresh", "publish", "of"):
                    handed = [call.args[1]]
                name = getattr(function, "name", "")
                called = ast.unparse(call.func)
                found += [(file.name, name, called, ast.unparse(each)) for each in handed]
    return found


def test_handlers_ask_about_nobody_but_whoever_asks() -> None:
    wrong = [
        use for use in uses() if use[3] != "request.person" and (use[0], use[1], use[3]) not in HOME
    ]
    assert wrong == []


def test_the_walk_sees_the_calls_it_is_about() -> None:
    called = {use[2] for use in uses()}
    for expected in (
        "NoteStore(deps.db).mine",
        "PrivacyStore(deps.db).about",
        "deps.privacy.forget",
        "deps.privacy.send",
        "deps.feedback.recently_used",
        "deps.feedback.seen",
        "deps.owning.withdraw",
        "deps.editing.publish",
        "deps.hands.take",
        "deps.suggesting.suggest",
    ):
        assert expected in called, sorted(called)


def test_a_request_names_the_person_slack_says_it_is() -> None:
    """Whoever a Request is from is read from Slack's own fields, never from a value or a form."""
    source = (Path(payloads.__file__)).read_text()
    given = {
        ast.unparse(keyword.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Request"
        for keyword in node.keywords
        if keyword.arg == "person"
    }
    assert given == {
        "str(body.get('user_id', ''))",
        "_person(body)",
        "str(said.get('user', ''))",
    }
    for file in FOLDER.glob("*.py"):
        made = ast.walk(ast.parse(file.read_text()))
        replaced = [
            ast.unparse(node)
            for node in made
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) == "replace"
            and any(keyword.arg == "person" for keyword in node.keywords)
        ]
        assert replaced == [], file.name


def stores() -> dict[str, type]:
    """Everything that asks the database: a class with nothing but `db`."""
    return {
        name: kind
        for module in pkgutil.walk_packages(mend.__path__, "mend.")
        for name, kind in vars(importlib.import_module(module.name)).items()
        if inspect.isclass(kind)
        and dataclasses.is_dataclass(kind)
        and [each.name for each in dataclasses.fields(kind)] == ["db"]
    }


def test_every_method_that_asks_by_person_hides_behind_one_of_these() -> None:
    """A new store method by person must be looked at here."""
    found = {
        f"{name}.{method}"
        for name, store in stores().items()
        for method, function in vars(store).items()
        if inspect.isfunction(function)
        and PERSON_PARAMETERS & set(inspect.signature(function).parameters)
    }
    assert found == {
        "NoteStore.mine",
        "GapStore.ask",
        "GapStore.to_send",
        "NoteStore.of_message",
        "HelpStore.held_by",
        "HelpStore.open_for",
        "LearningStore.judged",
        "LearningStore.forget_teacher",
        "LearningStore.last_use",
        "LearningStore.may_judge",
        "LearningStore.taught",
        "LearningStore._waiting_of",
        "LearningStore.learn",
        "LearningStore.recently_used",
        "LearningStore.used",
        "Drafts.of_owner",
        "Lessons.take_back_all",
        "Notices.owe",
        "PrivacyStore.about",
        "PrivacyStore.forget_person",
        "TeamStore.joined",
        "TeamStore.last_of",
        "Welcomes.done",
        "Welcomes.finish",
        "RevisionStore.add_words",
        "RevisionStore.draft",
        "RevisionStore.suggest",
        "NoteStore.asked_about",
        "PromiseStore.open_of",
    }
