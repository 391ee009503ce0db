"""A closed week as the team reads it: conditions in words, problems as a chart and as text."""

from __future__ import annotations

from typing import Any

from mend.recap.weekly.model import Week, theme
from mend.slack import ui

CHART_TITLE = "How often"


def post(week: Week, k: int) -> ui.Message:
    """The week's post. Never who, never how many people, never how many notes."""
    heading = f"The week of {week.monday:%-d %B}"
    factors = [theme(told.factor) for told in week.factors if told.people >= k]
    problems = [f"{each.title} ({each.lookups} times)" for each in week.problems]
    parts = [
        ("What got in the way", factors),
        ("Problems looked up most", problems),
        ("Playbooks that helped", list(week.helped)),
        ("What is done about it", list(week.causes)),
        ("Missing, and there now", [f"a playbook about {theme}" for theme in week.gaps]),
    ]
    blocks: list[ui.Block] = [ui.says(f"*{heading}*")]
    lines = [heading]
    for title, items in parts:
        if items:
            blocks.append(ui.listed(title, items, numbered=items is problems))
            lines.append(f"{title}: {'; '.join(items)}")
    if week.learned:
        blocks += [ui.paragraph("A month ago we learned:"), ui.quoted(week.learned)]
        lines.append(f"A month ago we learned: {week.learned}")
    said = ui.message(ui.escape("\n".join(lines)), *blocks)
    return ui.Message(said.text, (*said.blocks, *_chart(week)))


def _chart(week: Week) -> list[dict[str, Any]]:
    """Slack's own chart of what was looked up (docs.slack.dev, data visualization block).

    A label takes twenty characters, and few titles fit: a bar has its number in the list above.
    One bar shows nothing that the list does not say.
    """
    if len(week.problems) < 2:
        return []
    points = [
        {"label": str(place), "value": each.lookups} for place, each in enumerate(week.problems, 1)
    ]
    chart = {
        "type": "bar",
        "series": [{"name": CHART_TITLE, "data": points}],
        "axis_config": {"categories": [point["label"] for point in points]},
    }
    return [{"type": "data_visualization", "title": CHART_TITLE, "chart": chart}]
