"""Four judges of what is sent to Slack, none of them Mend's own blocks.

The schemas of `@slack/types` judge structure, slack_sdk's models and the local workspace judge
lengths and counts, and the gateway refuses what Slack would. Each fault names its judge.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from mend.slack.model import Content, message_fault
from workspace.limits import check_blocks, check_options, check_view

SCHEMAS = Path(__file__).parent.parent / "data" / "slack"
Json = Mapping[str, Any]


def faults_of_message(content: Content) -> list[str]:
    """What any judge has against a message; [] where all agree to it."""
    every = [dict(block) for block in content.blocks]
    # neither the schemas nor slack_sdk know Slack's charts yet
    blocks = [block for block in every if block["type"] != "data_visualization"]
    gateway = message_fault(content)
    return [
        *([f"gateway: {gateway}"] if gateway else []),
        *_schema_faults("messageblocks", blocks),
        *_sdk_faults(lambda: [block.to_dict() for block in Block.parse_all(blocks)], blocks),
        *(f"workspace: {fault}" for fault in check_blocks(every)),
    ]


def faults_of_view(view: Json) -> list[str]:
    """What any judge has against a modal or a home view."""
    return [
        *_schema_faults(str(view["type"]), dict(view)),
        *_sdk_faults(lambda: View(**view).to_dict(), dict(view)),
        *(f"workspace: {fault}" for fault in check_view(view)),
    ]


def faults_of_options(options: Sequence[Json]) -> list[str]:
    """What any judge has against the answer to a menu that is searched while typing."""
    return [f"workspace: {fault}" for fault in check_options({"options": list(options)})]


def faults_of_manifest(manifest: Json) -> list[str]:
    """What Slack's own schemas of app manifests have against this one."""
    versions = ("manifest.schema.1.0.0", "manifest.schema.2.0.0")
    return [fault for version in versions for fault in _faults(_schema(version), dict(manifest))]


def _schema_faults(name: str, body: Any) -> list[str]:
    return _faults(_schema(f"{name}.schema"), body)


def _faults(judge: Draft7Validator, body: Any) -> list[str]:
    if judge.is_valid(body):
        return []
    return [f"schema: {fault.json_path} {fault.message[:300]}" for fault in judge.iter_errors(body)]


@functools.cache
def _schema(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


def _sdk_faults(read: Any, body: Any) -> list[str]:
    """slack_sdk reads it back to the same, within the limits it knows."""
    try:
        return [] if read() == body else ["slack_sdk: reads back as something else"]
    except (SlackObjectFormationError, TypeError, KeyError) as wrong:
        return [f"slack_sdk: {wrong}"]
