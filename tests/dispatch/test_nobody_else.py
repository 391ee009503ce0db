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
from mend.dispatch.afterwards import Afterwards
from mend.dispatch.routes import Request
from mend.home.page import HomePage
from mend.repair.finding import Finding
from mend.slack.gateway import SlackGateway

FOLDER = Path(handlers.__file__).parent
PERSON_PARAMETERS = {"person", "owner", "asker", "supervisor", "taker", "author"}
SLACK = SlackGateway  # asks Slack, not the db: where to deliver, never what is kept


def member(owner: Any, name: str) -> Any:
    """The type of an attribute."""
    found = inspect.getattr_static(owner, name, None)
    if isinstance(found, property):
        assert found.fget is not None
        return get_type_hints(found.fget)["return"]
    return get_type_hints(owner).get(name)


def by_person(call: ast.Call, types: dict[str, Any]) -> list[str]:
    """What a call hands to the person parameters of a method of what these names stand for."""
    chain: list[str] = []
    node: ast.expr = call.func
    while isinstance(node, ast.Attribute):
        chain.insert(0, node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in types or not chain:
        return []
    owner: Any = types[node.id]
    for name in chain[:-1]:
        owner = member(owner, name)
    method = inspect.getattr_static(owner, chain[-1], None)
    if owner in (SLACK, Request) or not inspect.isfunction(method):
        return []
    parameters = list(inspect.signature(method).parameters)[1:]
    handed = dict(zip(parameters, call.args, strict=False))
    handed |= {each.arg: each.value for each in call.keywords if each.arg}
    assert not any(isinstance(each, ast.Starred) for each in call.args), ast.unparse(call)
    asked = [name for name in parameters if name in PERSON_PARAMETERS and name in handed]
    return [ast.unparse(handed[name]) for name in asked]


def calls(function: ast.AST, types: dict[str, Any]) -> list[tuple[str, str]]:
    """(call, what it hands over as the person)."""
    return [
        (ast.unparse(call.func), handed)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        for handed in by_person(call, types)
    ]


def uses() -> list[tuple[str, str, str]]:
    """(handler, call, what it hands over as the person) in all of them."""
    found = []
    for file in sorted(FOLDER.glob("[!_]*.py")):
        module = importlib.import_module(f"handlers.{file.stem}")
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                types = get_type_hints(vars(module)[node.name])
                found += [(f"{file.stem}.{node.name}", *call) for call in calls(node, types)]
    return found


def test_handlers_ask_about_nobody_but_whoever_asks() -> None:
    assert [use for use in uses() if use[2] != "request.user"] == []


def test_the_walk_sees_the_calls_it_is_about() -> None:
    called = {use[1] for use in uses()}
    for expected in (
        "page.open",
        "privacy.about",
        "privacy.forget",
        "privacy.send",
        "promises.open_by",
        "feedback.recently_used",
        "finding.find",
        "finding.seen",
        "owning.withdraw",
        "editing.publish",
        "helping.take",
        "suggesting.suggest",
    ):
        assert expected in called, sorted(called)


def handed_on(service: type) -> list[tuple[str, str]]:
    return calls(ast.parse(inspect.getsource(service)), {"self": service})


def test_finding_asks_about_whoever_asks() -> None:
    handed = handed_on(Finding)
    assert "self.feedback.changed_since_use" in dict(handed)
    assert {person for _, person in handed} == {"person"}


def test_app_home_shows_what_is_its_persons_own() -> None:
    handed = handed_on(HomePage)
    assert {"self.owning.mine", "self.promises.open_by", "self.helping.open_for"} <= dict(
        handed
    ).keys()
    assert {person for _, person in handed} == {"person"}
    after = ast.parse(inspect.getsource(Afterwards))
    shown = [node for node in ast.walk(after) if isinstance(node, ast.Call)]
    to = [ast.unparse(each.args[0]) for each in shown if "show_home" in ast.unparse(each.func)]
    assert to == ["request.user"] * 2


def test_a_request_names_the_person_slack_says_it_is() -> None:
    """Whoever a Request is from is read from Slack's own fields, never from a value or a form."""
    source = (Path(payloads.__file__)).read_text()
    given = {
        ast.unparse(keyword.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Request"
        for keyword in node.keywords
        if keyword.arg == "user"
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
            and any(keyword.arg == "user" for keyword in node.keywords)
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
        "HelpStore.about_customer",
        "HelpStore.asked_by",
        "HelpStore.asks",
        "HelpStore.forget_reader",
        "HelpStore.held_by",
        "HelpStore.note_ask",
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
        "Notices.take_back",
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
        "PromiseStore.unsettled_of",
    }
