"""Trains the sentence model further: `python -m tools.model.train START TEACHER FOLDER`.

START is the folder of all-MiniLM-L6-v2, TEACHER what `tools.model.teacher` wrote, FOLDER gets the
weights and a state from which an interrupted training goes on. Texts that ask for the same come
together, near misses and others of the same library go apart (supervised contrastive learning); a
request keeps its place though a story is told around it; and each text stays near where the larger
model and the first weights see it, so that little else is forgotten. The word table stays.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax, normalize, softmax
from transformers import BertModel

from mend.search.wordpiece import WordPieces
from tools.model.export import FIRST_WORD, HALF_AT
from tools.model.texts import Text, Wrapping, labelled

LABELS, EACH, NEAR_MISSES = 32, 2, 12  # of a batch
LONGEST = 44  # word pieces
CHUNKS = 3  # of a batch, by length: less is padded
WRAPPED = 0.4  # of the texts
HEAT = 0.05
SHARES = {"starters": 0.5, "clinc150": 0.3, "dstc11": 0.2}
KEEP_TEACHER, KEEP_FIRST = 1.0, 1.0  # weights beside the contrastive loss
RATE, WARM_UP = 5e-5, 40
SAVE_EVERY = 50


class Encoder:
    """The model as the product runs it: pieces weighed by rarity, vectors of length one."""

    def __init__(self, folder: Path) -> None:
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False)
        self.bert.embeddings.requires_grad_(False)
        self.bert.eval()  # no dropout: the texts are few, and the first weights hold them back
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.pieces = WordPieces(vocabulary)

    def __call__(self, texts: Sequence[str]) -> Tensor:
        ids = [self.pieces.ids(text, LONGEST) for text in texts]
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        made: list[Tensor] = [torch.empty(0)] * len(ids)
        for places in np.array_split(np.array(order), CHUNKS):
            if len(places):
                rows = self._chunk([ids[place] for place in places])
                for place, row in zip(places, rows, strict=True):
                    made[place] = row
        return torch.stack(made)

    def _chunk(self, ids: Sequence[Sequence[int]]) -> Tensor:
        longest = max(map(len, ids))
        padded = torch.tensor([[*each, *[0] * (longest - len(each))] for each in ids])
        mask = (padded > 0).float()
        with torch.autocast("cpu", torch.bfloat16):
            last = self.bert(padded, attention_mask=mask).last_hidden_state.float()
        rank = (padded - FIRST_WORD).clamp(min=1).float()
        weight = rank / (rank + HALF_AT) * mask
        return normalize((last * weight[..., None]).sum(dim=1), dim=-1)


class Batches:
    """Draws texts of one library: several of each request, and near misses of these requests."""

    def __init__(self, texts: Sequence[Text], seed: int) -> None:
        self.dice = random.Random(seed)
        self._wrapping = Wrapping()
        self._by_meaning: defaultdict[str, defaultdict[str, list[Text]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._near: defaultdict[str, list[Text]] = defaultdict(list)
        for text in texts:
            if text.meant:
                self._by_meaning[text.library][text.meant].append(text)
            else:
                self._near[text.not_meant].append(text)

    def draw(self) -> tuple[list[Text], list[str]]:
        """Texts, and each as it is told this time."""
        library = self.dice.choices(list(SHARES), list(SHARES.values()))[0]
        meanings = self.dice.sample(sorted(self._by_meaning[library]), LABELS)
        drawn = [
            text
            for meaning in meanings
            for text in self.dice.sample(self._by_meaning[library][meaning], EACH)
        ]
        near = [text for meaning in meanings for text in self._near[meaning]]
        drawn += self.dice.sample(near, min(NEAR_MISSES, len(near)))
        told = [
            self._wrapping.around(text.plain, self.dice)
            if self.dice.random() < WRAPPED
            else text.plain
            for text in drawn
        ]
        return drawn, told


def contrast(vectors: Tensor, drawn: Sequence[Text]) -> Tensor:
    """How much of each text's nearness goes to texts that ask for something else.

    A near miss only counts against the request that it sounds like: it may be like another one.
    """
    same = torch.tensor([[bool(a.meant) and a.meant == b.meant for b in drawn] for a in drawn])
    other = torch.tensor(
        [[a.meant != b.meant if b.meant else a.meant == b.not_meant for b in drawn] for a in drawn]
    )
    same.fill_diagonal_(False)
    anchors = same.any(dim=1)
    near = vectors @ vectors.T / HEAT
    against = torch.where(same | other, near, -torch.inf).logsumexp(dim=1, keepdim=True)
    lost = torch.where(same, against - near, 0).sum(dim=1) / same.sum(dim=1).clamp(min=1)
    return lost[anchors].mean()


def like_teacher(vectors: Tensor, teacher: Tensor) -> Tensor:
    """How far the nearness of the texts to each other is from what the larger model sees."""
    apart = torch.eye(len(vectors)) * -1e4
    wanted = softmax(teacher @ teacher.T / HEAT + apart, dim=1)
    return kl_div(
        log_softmax(vectors @ vectors.T / HEAT + apart, dim=1), wanted, reduction="batchmean"
    )


def train(start: Path, teacher: Path, folder: Path, steps: int, *, everything: bool) -> None:
    """`everything`: all intents and tuning queries; else a quarter is kept apart for choosing."""
    encoder = Encoder(start)
    texts = labelled(with_queries=everything)
    if not everything:
        texts = [text for text in texts if not is_kept_apart(text.meant)]
    with np.load(teacher) as kept:
        rows = dict(zip(kept["texts"].tolist(), kept["rows"].astype(np.float32), strict=True))
    first = first_vectors(encoder, texts)
    trained = [each for each in encoder.bert.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, (steps - step) / (steps - WARM_UP))
    )
    done = 0
    state = folder / "state.pt"
    if state.exists():
        kept_state = torch.load(state)
        done = kept_state["done"]
        encoder.bert.load_state_dict(kept_state["bert"])
        optimizer.load_state_dict(kept_state["optimizer"])
        schedule.load_state_dict(kept_state["schedule"])
    batches = Batches(texts, seed=done)
    folder.mkdir(parents=True, exist_ok=True)
    sums = torch.zeros(3)
    began = time.monotonic()
    for step in range(done + 1, steps + 1):
        drawn, told = batches.draw()
        vectors = encoder(told)
        seen = torch.from_numpy(np.stack([rows[text.plain] for text in drawn]))
        before = torch.from_numpy(np.stack([first[text.plain] for text in drawn]))
        losses = torch.stack(
            [
                contrast(vectors, drawn),
                like_teacher(vectors, seen),
                (1 - (vectors * before).sum(dim=1)).mean(),
            ]
        )
        optimizer.zero_grad()
        (losses @ torch.tensor([1.0, KEEP_TEACHER, KEEP_FIRST])).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        sums += losses.detach()
        if step % 10 == 0:
            left = (time.monotonic() - began) / (step - done) * (steps - step) / 60
            apart, like, moved = (sums / 10).tolist()
            print(
                f"{step} of {steps}: contrast {apart:.3f}, teacher {like:.3f},"
                f" moved {moved:.3f}; {left:.0f} minutes left",
                flush=True,
            )
            sums.zero_()
        if step % SAVE_EVERY == 0 or step == steps:
            torch.save(
                {
                    "done": step,
                    "bert": encoder.bert.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                },
                state,
            )
            save_file(encoder.bert.state_dict(), folder / "model.safetensors")


def is_kept_apart(meaning: str) -> bool:
    """A quarter of the public intents, chosen by their names' letters."""
    return not meaning.startswith("starters/") and sum(map(ord, meaning)) % 4 == 0


def first_vectors(encoder: Encoder, texts: Sequence[Text]) -> dict[str, NDArray[np.float32]]:
    plain = sorted({text.plain for text in texts}, key=len)
    found: dict[str, NDArray[np.float32]] = {}
    with torch.inference_mode():
        for place in range(0, len(plain), 192):
            part = plain[place : place + 192]
            found.update(zip(part, encoder(part).numpy(), strict=True))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("start", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--everything", action="store_true")
    chosen = parser.parse_args()
    torch.manual_seed(17)
    train(
        chosen.start,
        chosen.teacher,
        chosen.folder,
        chosen.steps,
        everything=chosen.everything,
    )
