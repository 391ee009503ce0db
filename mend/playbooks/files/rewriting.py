"""The lines of one key or one section with a new value, and what their author put round it."""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import partial
from io import StringIO
from itertools import count
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.nodes import SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from mend.playbooks.files import body, markdown
from mend.playbooks.files.front_matter import ENTRY, LIMIT
from mend.playbooks.model import SECTIONS, Authority, Script, State

_NUMBER = re.compile(r"(\s*)\d+(?=[.)]\s)")
_ENDLESS = 10**9  # a width at which no line is wrapped
_QUOTES = (DoubleQuotedScalarString, SingleQuotedScalarString)


def key_lines(was: list[str], key: str, value: Any, before: Sequence[Any]) -> list[str]:
    """A key of the front matter; `was` is [] for a new one. Raises YAMLError if it is too odd.

    `before` are the items that a list had; only the lines of those that differ are touched.
    """
    if not was:
        return _dump({key: _plain(value)})
    node = YAML(typ="safe", pure=True).compose("\n".join(was)).value[0][1]
    if isinstance(node, SequenceNode) and node.value and len(node.value) == len(before):
        starts = [item.start_mark.line for item in node.value]
        dashes = [match[1] for n in starts if (match := re.match(r"( *)- ", was[n]))]
        if len(dashes) == len(starts):
            places = spans(was, [*starts, len(was)])
            return _merged(was, places, before, value, partial(_item, dashes[0]))
    return _redressed(was, key, _plain(value))


def _item(indent: str, was: list[str], item: Any) -> list[str]:
    return [indent + line for line in _redressed(was, 0, _plain(item))]


def spans(lines: list[str], starts: list[int]) -> list[body.Span]:
    """From each start to the next, without the comments and empty lines above the next."""
    found: list[body.Span] = []
    for start, end in zip(starts, starts[1:], strict=False):
        while end > start + 1 and re.match(r"\s*(#|$)", lines[end - 1]):
            end -= 1
        found.append((start, end))
    return found


def section_lines(was: list[str], field: str, value: Any) -> list[str]:
    """A section with its heading; `was` is [] for a new one."""
    if not was:
        return ["", f"## {SECTIONS[field]}", "", *_written(field, value)]
    heading, *lines = was
    shown = markdown.shown(lines)
    if field == "scripts":
        scripts = body.scripts_of(shown)
        places = [span for span, _ in scripts]
        if scripts and places[0][0] >= 0 and len(scripts) == len(body.headings(shown)):
            return [heading, *_merged(lines, places, [s for _, s in scripts], value, _script)]
    elif isinstance(value, tuple) and (items := body.items_of(shown)):
        places, old = [span for span, _ in items], [text for _, text in items]
        if len(set(places)) == len(places) and (mark := body.ITEM.match(shown[places[0][0]])):
            lines = _merged(lines, places, old, value, lambda _, text: [mark[0] + text])
            return [heading, *(_numbered(lines) if _NUMBER.match(mark[0]) else lines)]
    return [heading, *_replaced(lines, _written(field, value))]


def _merged(
    lines: list[str],
    spans: list[body.Span],
    old: Sequence[Any],
    new: Sequence[Any],
    write: Callable[[list[str], Any], list[str]],
) -> list[str]:
    """The lines with `new` items instead of `old` ones, which stand in `spans`; all others stay.

    `write(was, item)` gives the lines of an item from those it had, [] for a new one.
    """
    merged = list(lines)
    # An entry of authority is known by what it allows and a script by its name.
    names = [[str(getattr(i, "what", getattr(i, "name", i))) for i in some] for some in (old, new)]
    steps = SequenceMatcher(None, names[0], names[1], autojunk=False).get_opcodes()
    for _, start, end, new_start, new_end in reversed(steps):
        both = min(end - start, new_end - new_start)
        for n in reversed(range(start + both, end)):
            del merged[slice(*spans[n])]
        place = spans[start + both - 1][1] if start + both else spans[0][0]
        added = [write([], item) for item in new[new_start + both : new_end]]
        merged[place:place] = [line for part in added for line in part]
        for n in reversed(range(both)):
            span, item = slice(*spans[start + n]), new[new_start + n]
            if old[start + n] != item:
                merged[span] = write(lines[span], item)
    return merged


def _redressed(was: list[str], place: str | int, value: Any) -> list[str]:
    """The lines of a key or of one list item, its comments and quotes kept."""
    if not was:
        return _dump([value])
    indent = len(was[0]) - len(was[0].lstrip(" "))
    data = _yaml().load("\n".join(line[indent:] for line in was) + "\n")
    data[place] = _dressed(data[place], value)
    return _dump(data)


def _dressed(old: Any, new: Any) -> Any:
    if isinstance(old, CommentedMap) and isinstance(new, dict):
        for name in [n for n in old if n not in new and n in (*ENTRY, *LIMIT)]:
            del old[name]
        for place, (name, value) in enumerate(new.items()):
            if name in old:
                old[name] = _dressed(old[name], value)
            else:
                old.insert(place, name, value)
        return old
    if isinstance(old, _QUOTES) and isinstance(new, str):
        return type(old)(new)
    return old if str(old) == new else new


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not isinstance(value, Authority):
        return str(value) if isinstance(value, State) else value
    entry = CommentedMap(what=value.what)
    if value.limits:
        entry["limit"] = CommentedMap(value.limits)
        entry["limit"].fa.set_flow_style()
    texts = {"next": value.next, "reach": value.reach, "record": value.record}
    entry.update({name: text for name, text in texts.items() if text})
    return entry


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _ENDLESS
    return yaml


def _dump(data: Any) -> list[str]:
    yaml = _yaml()
    if isinstance(data, dict):
        yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(data, out)
    return out.getvalue().rstrip("\n").split("\n")


def _written(field: str, value: Any) -> list[str]:
    if field == "scripts":
        return [line for script in value for line in _script([], script)][1:]
    if isinstance(value, tuple):
        return [f"{n}. {item}" if field == "do" else f"- {item}" for n, item in enumerate(value, 1)]
    lines: list[str] = []
    for line in value.split("\n"):
        is_list = lines and body.ITEM.match(line) and body.ITEM.match(lines[-1])
        lines += [line] if is_list or not lines else ["", line]
    return lines


def _replaced(lines: list[str], text: list[str]) -> list[str]:
    """Text instead of text; comments and empty lines round it stay."""
    filled = [n for n, line in enumerate(markdown.shown(lines)) if line.strip()]
    if not filled:
        return ["", *text, *(lines or [""])]
    return lines[: filled[0]] + text + lines[filled[-1] + 1 :]


def _numbered(lines: list[str]) -> list[str]:
    numbers = count(1)
    return [_NUMBER.sub(lambda m: f"{m[1]}{next(numbers)}", line, count=1) for line in lines]


def _script(was: list[str], script: Script) -> list[str]:
    """Its message as Markdown; where Markdown's own rules would change that, in a code fence."""
    lines = script.text.split("\n")
    message = [f"{a}\\" if a and b else a for a, b in zip(lines, [*lines[1:], ""], strict=True)]
    if body.message_of(markdown.shown(message)) != script.text or body.headings(lines):
        message = ["```", *lines, "```"]
    if not was:
        return ["", f"### {script.name}", "", *message]
    heading = was[0] if body.headings(was)[0][2] == script.name else f"### {script.name}"
    return [heading, *_replaced(was[1:], message)]
