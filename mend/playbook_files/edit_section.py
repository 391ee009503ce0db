"""Changes what stands under one heading and no line of any other."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mend.domain.playbooks import SECTIONS, Script
from mend.playbook_files.document import Section, cut, heading_of
from mend.playbook_files.merging import merge_items
from mend.playbook_files.sections import ITEM, items_of, message_of, script_spans, scripts_of

_NUMBER = re.compile(r"(\s*)(\d+)([.)].*)")

Value = str | tuple[str, ...] | tuple[Script, ...]


def change_section(lines: list[str], field: str, value: Value) -> list[str]:
    """The file's lines with the section set, added, or (for an empty value) removed."""
    document = cut("\n".join(lines))
    section = next((found for found in document.sections if found.field == field), None)
    if section is None:
        return lines if not value else _add(lines, document.sections, field, value)
    if not value:
        return lines[: section.line] + lines[section.end :]
    shown = document.visible(section.line + 1, section.end)
    content = _content(lines[section.line + 1 : section.end], shown, value)
    return [*lines[: section.line + 1], *content, *lines[section.end :]]


def _content(lines: list[str], shown: list[str], value: Value) -> list[str]:
    if isinstance(value, str):
        return _replace_text(lines, shown, _paragraphs(value))
    scripts = [item for item in value if isinstance(item, Script)]
    if scripts:
        return _merge_scripts(lines, shown, scripts)
    return _merge_list(lines, shown, [item for item in value if isinstance(item, str)])


def _add(lines: list[str], sections: tuple[Section, ...], field: str, value: Value) -> list[str]:
    fields = list(SECTIONS)
    later = fields[fields.index(field) + 1 :]
    place = next((found.line for found in sections if found.field in later), len(lines))
    if place == len(lines) and lines[-1] == "":
        place -= 1
    above = [] if place and not lines[place - 1].strip() else [""]
    content = _rendered(field, value)
    below = [""] if place < len(lines) and lines[place].strip() else []
    block = [*above, f"## {SECTIONS[field]}", "", *content, *below]
    return lines[:place] + block + lines[place:]


def _rendered(field: str, value: Value) -> list[str]:
    if isinstance(value, str):
        return _paragraphs(value)
    if field == "scripts":
        return _script_lines([item for item in value if isinstance(item, Script)])
    items = [item for item in value if isinstance(item, str)]
    return [f"{n}. {text}" if field == "do" else f"- {text}" for n, text in enumerate(items, 1)]


def _replace_text(lines: list[str], shown: list[str], text: list[str]) -> list[str]:
    """Text instead of text; comments and empty lines round it stay."""
    filled = [n for n, line in enumerate(shown) if line.strip()]
    if not filled:
        return ["", *text, *lines] if lines else ["", *text, ""]
    return lines[: filled[0]] + text + lines[filled[-1] + 1 :]


def _paragraphs(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and not (ITEM.match(line) and ITEM.match(lines[-1])):
            lines.append("")
        lines.append(line)
    return lines


def _merge_list(lines: list[str], shown: list[str], new: list[str]) -> list[str]:
    items = items_of(shown)
    mark = ITEM.match(shown[items[0][0]]) if items else None
    if mark is None:
        return _replace_text(lines, shown, [f"- {text}" for text in new])
    number = _NUMBER.match(shown[items[0][0]])
    spans = [(start, end) for start, end, _ in items]
    old = [text for *_, text in items]
    before = mark[0]
    merged = merge_items(lines, spans, old, new, lambda text: [before + text])
    return _renumbered(merged) if number else merged


def _renumbered(lines: list[str]) -> list[str]:
    count = 0
    numbered: list[str] = []
    for line in lines:
        match = _NUMBER.match(line)
        if match and ITEM.match(line):
            count += 1
            line = f"{match[1]}{count}{match[3]}" + ("\r" if line.endswith("\r") else "")
        numbered.append(line)
    return numbered


def _merge_scripts(lines: list[str], shown: list[str], new: list[Script]) -> list[str]:
    spans = script_spans(shown)
    old = scripts_of(shown)
    if len(spans) != len(old) or any(start < 0 for start, *_ in spans):
        return _replace_text(lines, shown, _script_lines(new))
    merged = lines[: spans[0][0]] if spans else lines
    names = [script.name for script in old], [script.name for script in new]
    for step, start, end, new_start, new_end in SequenceMatcher(
        None, *names, autojunk=False
    ).get_opcodes():
        if step == "equal":
            for (first, last, _), was, now in zip(
                spans[start:end], old[start:end], new[new_start:new_end], strict=True
            ):
                kept = lines[first + 1 : last]
                if was != now:
                    kept = _replace_text(kept, shown[first + 1 : last], _message(now.text))
                merged = [*merged, lines[first], *kept]
        elif new_end > new_start:
            above = [] if merged and not merged[-1].strip() else [""]
            merged = [*merged, *above, *_script_lines(new[new_start:new_end]), ""]
    return merged


def _script_lines(scripts: list[Script]) -> list[str]:
    lines: list[str] = []
    for script in scripts:
        lines += ["", f"### {script.name}", "", *_message(script.text)]
    return lines[1:]


def _message(text: str) -> list[str]:
    """Markdown that reads as this message; where its own rules would change it, a code fence."""
    lines = text.split("\n")
    written = [
        f"{line}\\" if line and following else line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    ]
    reads_back = message_of(written) == text and not any(map(heading_of, lines))
    return written if reads_back else ["```", *lines, "```"]
