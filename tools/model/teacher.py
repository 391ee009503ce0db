"""What a larger model makes of the training texts: `python -m tools.model.teacher FOLDER FILE`.

FOLDER holds all-mpnet-base-v2 (Apache-2.0), five times the size; FILE gets a row for each text
that it has none for yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from tools.model.texts import labelled

BATCH = 32
Row = NDArray[np.float16]


def main(folder: str, target: Path) -> None:
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    rows: dict[str, Row] = {}
    if target.exists():
        with np.load(target) as kept:
            rows = dict(zip(kept["texts"].tolist(), kept["rows"], strict=True))
    texts = sorted({text.plain for text in labelled(with_queries=True)} - rows.keys(), key=len)
    with torch.inference_mode():
        for start in range(0, len(texts), BATCH):
            batch = tokenizer(texts[start : start + BATCH], padding=True, return_tensors="pt")
            mask = batch["attention_mask"][..., None]
            summed = (model(**batch).last_hidden_state * mask).sum(dim=1)
            made = torch.nn.functional.normalize(summed, dim=-1).half().numpy()
            rows.update(zip(texts[start : start + BATCH], made, strict=True))
            print(f"\r{start} of {len(texts)}", end="", flush=True)
    np.savez(target, texts=np.array(list(rows)), rows=np.stack(list(rows.values())))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
