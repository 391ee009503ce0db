"""The manifests an operator pastes into Slack, judged by Slack's own schemas."""

import json
from pathlib import Path

import handlers
from mend.dispatch.manifest import manifest
from tests.judges.judges import faults_of_manifest

WRITTEN = Path(__file__).parent.parent.parent / "manifest.json"


def test_the_manifest_in_the_tree_is_valid() -> None:
    assert faults_of_manifest(json.loads(WRITTEN.read_text(encoding="utf-8"))) == []


def test_the_one_for_signed_http_is_valid_too() -> None:
    assert faults_of_manifest(manifest(handlers.declared(), "https://mend.example.com/")) == []


def test_a_manifest_that_slack_would_refuse_is_objected_to() -> None:
    broken = manifest(handlers.declared())
    broken["features"]["slash_commands"][0].pop("command")
    assert faults_of_manifest(broken) != []
