"""Reads what agents may do without asking, and up to which limit, out of the front matter."""

from __future__ import annotations

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mend.domain.playbook_problems import Severity
from mend.domain.playbooks import Authority
from mend.playbook_files.front_matter import FrontMatter, did_you_mean, is_empty

AUTHORITY_KEYS = ("what", "limit", "next", "reach", "record")
ROLES = ("agent", "supervisor", "admin")
NO_LIMIT = "no limit"

_KEY = "authority"


def read_authority(front: FrontMatter) -> tuple[Authority, ...]:
    """The entries in order. One that cannot be read is left out, a limit that cannot is not set."""
    node = front.nodes.get(_KEY)
    if node is None or is_empty(node):
        return ()
    if not isinstance(node, SequenceNode):
        front.wanted(node, _KEY, "a list")
        return ()
    entries = (_entry(front, item) for item in node.value)
    return tuple(entry for entry in entries if entry)


def _entry(front: FrontMatter, node: Node) -> Authority | None:
    if isinstance(node, ScalarNode):
        what = front.text_of(node, _KEY)
        return Authority(what) if what else None
    if not isinstance(node, MappingNode):
        front.wanted(node, _KEY, "an entry with what, limit, next, reach and record")
        return None
    parts = _pairs(front, node)
    for name in parts.keys() - set(AUTHORITY_KEYS):
        front.note(
            parts[name].start_mark.line,
            _KEY,
            f"{name} means nothing to Mend here; it is kept and not shown.",
            did_you_mean(name, AUTHORITY_KEYS),
            Severity.WARNING,
        )
    texts = {
        name: text
        for name in ("what", "next", "reach", "record")
        if name in parts and (text := front.text_of(parts[name], _KEY))
    }
    if "what" not in texts:
        front.note(
            node.start_mark.line,
            _KEY,
            "an entry does not say what may be done.",
            "Add what: with the act, such as what: Refund the delivery fee.",
        )
        return None
    limits = _limits(front, parts["limit"]) if "limit" in parts else {}
    return Authority(limits=limits, **texts)


def _limits(front: FrontMatter, node: Node) -> dict[str, str]:
    if is_empty(node):
        return {}
    if not isinstance(node, MappingNode):
        amount = node.value if isinstance(node, ScalarNode) else "50 EUR"
        front.note(
            node.start_mark.line,
            _KEY,
            "the limit does not say for whom it is, so it counts as not set.",
            f"Write limit: {{agent: {amount}}}, and the other roles the same way.",
        )
        return {}
    limits: dict[str, str] = {}
    for role, value in _pairs(front, node).items():
        amount = front.text_of(value, _KEY, numbers=True)
        if role not in ROLES:
            front.note(
                value.start_mark.line,
                _KEY,
                f"{role} is not a role, so this limit is not used.",
                "Use agent, supervisor or admin.",
            )
        elif amount:
            limits[role] = NO_LIMIT if amount.casefold() == NO_LIMIT else amount
    return limits


def _pairs(front: FrontMatter, node: MappingNode) -> dict[str, Node]:
    pairs: dict[str, Node] = {}
    for name_node, value in node.value:
        name = str(name_node.value)
        if name in pairs:
            front.note(
                name_node.start_mark.line,
                _KEY,
                f"{name} is set twice in one entry; the first is used.",
                "Remove one of the two.",
            )
        else:
            pairs[name] = value
    return pairs
