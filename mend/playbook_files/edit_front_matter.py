"""Changes one key of the front matter and no line of any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from mend.domain.playbooks import Authority, State
from mend.playbook_files.document import cut
from mend.playbook_files.front_matter import KEYS, FrontMatter, read_front_matter
from mend.playbook_files.merging import Span, merge_items

Value = str | int | date | State | tuple[str, ...] | tuple[Authority, ...] | None

_ENDLESS = 10**9  # a width at which no line is wrapped
_READS_AS_SOMETHING_ELSE = re.compile(
    r"(?i)(y|n|yes|no|on|off|true|false|null|~|[-+.\d][\d_.,:eExXoO+-]*|\d{4}-\d\d?-\d\d?.*|\?.*)"
)


def change_key(
    lines: list[str], key: str, value: Value, before: tuple[Authority, ...]
) -> list[str]:
    """The front matter's lines with `key` set, added, or (for an empty value) removed.

    `before` is the authority as it was read, so that only entries that differ are touched.
    """
    front = read_front_matter("", lines, 1)
    if key not in front.at:
        place = _place_for(front, key)
        return lines if not value else lines[:place] + _fresh(key, value) + lines[place:]
    start, end = _chunk(front, key)
    if not value:
        return lines[:start] + lines[end:]
    if key == "phrases" and isinstance(value, tuple):
        merged = _merge_phrases(front, [str(text) for text in value])
        if merged is not None:
            return merged
    return lines[:start] + _round_trip(lines[start:end], key, value, before) + lines[end:]


def front_matter_span(lines: list[str]) -> Span:
    """The lines between the fences."""
    document = cut("\n".join(lines))
    return document.opened + 1, document.closed


def _chunk(front: FrontMatter, key: str) -> Span:
    """The lines of a key: up to the next key, without the comments that belong to that one."""
    start = front.at[key]
    end = min((line for line in front.at.values() if line > start), default=len(front.lines))
    while end > start + 1 and re.match(r"\s*$|#", front.lines[end - 1]):
        end -= 1
    return start, end


def _place_for(front: FrontMatter, key: str) -> int:
    earlier = [name for name in KEYS[: KEYS.index(key)] if name in front.at]
    return max((_chunk(front, name)[1] for name in earlier), default=0)


def _merge_phrases(front: FrontMatter, new: list[str]) -> list[str] | None:
    """None where the phrases do not stand one to a line."""
    node = front.nodes["phrases"]
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        return None
    spans: list[Span] = []
    old: list[str] = []
    for item in node.value:
        text = front.text_of(item, "phrases") if isinstance(item, ScalarNode) else ""
        if not text or item.style in ("|", ">"):
            return None
        spans.append((item.start_mark.line, item.end_mark.line + 1))
        old.append(text)
    before = front.lines[spans[0][0]][: node.value[0].start_mark.column]
    if not re.fullmatch(r"\s*-\s+", before):
        return None
    return merge_items(front.lines, spans, old, new, lambda text: [before + _inline(text)])


def _fresh(key: str, value: Value) -> list[str]:
    data = CommentedMap()
    data[key] = _plain(value)
    return _dump(data, offset=2)


def _round_trip(
    chunk: list[str], key: str, value: Value, before: tuple[Authority, ...]
) -> list[str]:
    data = _yaml(0).load("\n".join(chunk) + "\n")
    old = data[key]
    if key == "authority" and isinstance(old, CommentedSeq) and len(old) == len(before):
        _update_authority(old, before, _entries(value))
    elif isinstance(value, str) and isinstance(
        old, DoubleQuotedScalarString | SingleQuotedScalarString
    ):
        data[key] = type(old)(value)
    else:
        data[key] = _plain(value)
    dash = next((m for line in chunk[1:] if (m := re.match(r"( *)- ", line))), None)
    return _dump(data, offset=len(dash[1]) if dash else 2)


def _entries(value: Value) -> Sequence[Authority]:
    return [e for e in value if isinstance(e, Authority)] if isinstance(value, tuple) else []


def _update_authority(
    old: CommentedSeq, before: tuple[Authority, ...], after: Sequence[Authority]
) -> None:
    names = [entry.what for entry in before], [entry.what for entry in after]
    for step, start, end, new_start, new_end in reversed(
        SequenceMatcher(None, *names, autojunk=False).get_opcodes()
    ):
        if step == "equal" or (step == "replace" and end - start == new_end - new_start):
            for n, new in zip(range(start, end), after[new_start:new_end], strict=True):
                if isinstance(old[n], CommentedMap):
                    _update_entry(old[n], before[n], new)
                elif before[n] != new:
                    old[n] = _entry(new)
            continue
        for n in reversed(range(start, end)):
            del old[n]
        for new in reversed(after[new_start:new_end]):
            old.insert(start, _entry(new))


def _update_entry(old: CommentedMap, before: Authority, after: Authority) -> None:
    for name in ("what", "next", "reach", "record"):
        wanted = getattr(after, name)
        if getattr(before, name) != wanted:
            if wanted:
                old[name] = _scalar(wanted)
            else:
                old.pop(name, None)
    if before.limits == after.limits:
        return
    if not after.limits:
        old.pop("limit", None)
    elif isinstance(old.get("limit"), CommentedMap):
        limit = old["limit"]
        for role in [role for role in limit if role not in after.limits]:
            del limit[role]
        for role, amount in after.limits.items():
            if before.limits.get(role) != amount:
                limit[role] = _scalar(amount)
    elif "limit" in old:
        old["limit"] = _limit(after.limits)
    else:
        old.insert(list(old).index("what") + 1, "limit", _limit(after.limits))


def _entry(authority: Authority) -> CommentedMap:
    entry = CommentedMap(what=_scalar(authority.what))
    if authority.limits:
        entry["limit"] = _limit(authority.limits)
    for name in ("next", "reach", "record"):
        if getattr(authority, name):
            entry[name] = _scalar(getattr(authority, name))
    return entry


def _limit(limits: dict[str, str]) -> CommentedMap:
    mapping = CommentedMap((role, _scalar(amount)) for role, amount in limits.items())
    mapping.fa.set_flow_style()
    return mapping


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [_entry(e) if isinstance(e, Authority) else _scalar(e) for e in value]
    if isinstance(value, str):
        return _scalar(str(value))
    return value


def _scalar(text: str) -> str:
    return DoubleQuotedScalarString(text) if _READS_AS_SOMETHING_ELSE.fullmatch(text) else text


def _inline(text: str) -> str:
    return _dump(CommentedMap(x=_scalar(text)), offset=2)[0].removeprefix("x: ")


def _yaml(offset: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _ENDLESS
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _dump(data: CommentedMap, offset: int) -> list[str]:
    out = StringIO()
    _yaml(offset).dump(data, out)
    return out.getvalue().rstrip("\n").split("\n")
