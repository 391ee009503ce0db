"""A handler gets what its parameters name by their types."""

from __future__ import annotations

import pytest

from mend.dispatch.injecting import bind
from mend.dispatch.routes import Kind, Reply, Request, tells
from mend.people.directory import People
from mend.people.teams import Teams
from mend.text.redactor import Redactor

REQUEST = Request(Kind.ACTION, "press:1", "U1", "T1", 0.0)


def test_it_is_given_the_services_it_names_in_any_order() -> None:
    def says(request: Request, redactor: Redactor, again: Redactor) -> Reply:
        assert request is REQUEST and redactor is again is known
        return tells("done")

    known = Redactor(tuple)
    message = bind(says, {Redactor: known})(REQUEST).message
    assert message and message.text == "done"


def test_what_nobody_offers_is_named_before_anything_is_asked() -> None:
    def wants(request: Request, teams: Teams) -> Reply:
        raise NotImplementedError

    with pytest.raises(LookupError, match=r"wants needs .*Teams"):
        bind(wants, {People: object()})


def test_a_parameter_without_a_type_is_refused_too() -> None:
    def wants(request, something):  # type: ignore[no-untyped-def]
        raise NotImplementedError

    with pytest.raises(LookupError, match="wants needs None: something"):
        bind(wants, {})
