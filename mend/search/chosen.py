"""The model and the ranking that the operator chose."""

from __future__ import annotations

from pathlib import Path

from mend.search.ranker import Ranker
from mend.search.sentences import ModelUnavailable, SentenceModel
from mend.search.vectors import VectorCache
from mend.settings import Settings


def model_of(settings: Settings) -> tuple[SentenceModel | None, str]:
    """The sentence model, and a sentence on what the ranking works with."""
    if settings.mend_model == "off":
        return None, "words only (MEND_MODEL=off)"
    folder = None if settings.mend_model == "installed" else Path(settings.mend_model)
    try:
        return SentenceModel.load(folder), "words and meaning"
    except ModelUnavailable as missing:
        return None, f"words only: {missing}"


def ranker_of(settings: Settings, model: SentenceModel | None) -> Ranker:
    """The ranking; its vectors are kept beside the database."""
    return Ranker(model, VectorCache(settings.vectors) if model else None)
