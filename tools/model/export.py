"""Writes the sentence model as one ONNX file.

`python -m tools.model.export START FILE --trained WEIGHTS --share 0.7`

START is the folder of all-MiniLM-L6-v2, WEIGHTS what `tools.model.train` wrote; without it the
first weights are written as they are. Matrices become eight-bit numbers with a scale for each 128
of them, the word table eight-bit rows with a scale each. Inside, every row of numbers is scaled by
itself, so that a text's vector does not depend on what it is encoded beside. The vocabulary
travels in the file.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

Array = NDArray[Any]
Weights = Mapping[str, Array]

LAYERS, HEADS, DIMENSIONS, LONGEST = 6, 12, 384, 64
BLOCK = 128  # numbers of a matrix that share a scale
FIRST_WORD, HALF_AT = 900, 100.0  # pieces below are marks; the rank at which a piece counts half
SHARE = 0.7  # of the trained weights
MICROSOFT = "com.microsoft"  # the runtime's own operators


class Graph:
    """Collects the steps and the numbers of a model."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: list[onnx.TensorProto] = []

    def constant(self, value: Any) -> str:
        name = f"c{len(self.numbers)}"
        self.numbers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def step(self, kind: str, *inputs: str, name: str = "", domain: str = "", **how: Any) -> str:
        name = name or f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **how))
        return name

    def split(self, value: str) -> list[str]:
        names = [f"{part}{len(self.nodes)}" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [value], names, axis=-1, num_outputs=3))
        return names

    def linear(self, x: str, matrix: Array, bias: Array) -> str:
        """x · matrixᵀ + bias, with `matrix` (outputs, inputs) in eight bits."""
        outputs, inputs = matrix.shape
        blocks = matrix.reshape(outputs, inputs // BLOCK, BLOCK)
        scale = np.abs(blocks).max(axis=-1) / 127
        whole = (np.rint(blocks / scale[..., np.newaxis]) + 128).astype(np.uint8)
        constants = [self.constant(each) for each in (whole, scale.astype(np.float32))]
        how = {"K": inputs, "N": outputs, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        rest = ("", "", self.constant(bias))
        return self.step("MatMulNBits", x, *constants, *rest, domain=MICROSOFT, **how)


def model_of(weights: Weights, vocabulary: str) -> onnx.ModelProto:
    """ids (texts, pieces) → meaning (texts, 384) and layers (texts, 6 · 384)."""
    graph = Graph()
    x = _embedded(graph, weights)
    middles = []
    over_pieces = graph.constant(np.array([1]))
    for number in range(LAYERS):
        x = _layer(graph, weights, f"encoder.layer.{number}.", x)
        middles.append(graph.step("ReduceMean", x, over_pieces, keepdims=0))
    graph.step("Concat", *middles, name="layers", axis=-1)
    weighed = graph.step("Mul", x, _rarity(graph))
    summed = graph.step("ReduceSum", weighed, over_pieces, keepdims=0)
    graph.step("LpNormalization", summed, name="meaning", axis=-1, p=2)
    result = {"meaning": DIMENSIONS, "layers": LAYERS * DIMENSIONS}
    whole = helper.make_graph(
        graph.nodes,
        "sentences",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "pieces"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", width])
            for name, width in result.items()
        ],
        graph.numbers,
    )
    operators = [helper.make_opsetid("", 21), helper.make_opsetid(MICROSOFT, 1)]
    made = helper.make_model(whole, opset_imports=operators, ir_version=10)
    helper.set_model_props(made, {"vocabulary": vocabulary})
    return made


def _embedded(graph: Graph, weights: Weights) -> str:
    table = weights["embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    whole = np.rint(table / np.maximum(scale, 1e-12)).astype(np.int8)
    found, scales = (
        graph.step("Gather", graph.constant(each), "ids")
        for each in (whole, scale.astype(np.float32))
    )
    words = graph.step("Mul", graph.step("Cast", found, to=TensorProto.FLOAT), scales)
    places = weights["embeddings.position_embeddings.weight"][:LONGEST]
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    one, two = (graph.constant(np.array([n])) for n in (1, 2))
    length = graph.step("Slice", graph.step("Shape", "ids"), one, two)
    first = graph.constant(np.array([0]))
    here = graph.step("Slice", graph.constant(places), first, length, first)
    norm = [graph.constant(weights[f"embeddings.LayerNorm.{part}"]) for part in ("weight", "bias")]
    summed = graph.step("Add", words, here)
    return graph.step("LayerNormalization", summed, *norm, axis=-1, epsilon=1e-12)


def _layer(graph: Graph, weights: Weights, prefix: str, x: str) -> str:
    def linear(value: str, *names: str) -> str:
        matrix, bias = (
            np.concatenate([weights[f"{prefix}{name}.{part}"] for name in names])
            for part in ("weight", "bias")
        )
        return graph.linear(value, matrix, bias)

    def added(one: str, other: str, name: str) -> str:
        norm = [graph.constant(weights[f"{prefix}{name}.{part}"]) for part in ("weight", "bias")]
        kind = "SkipLayerNormalization"
        return graph.step(kind, one, other, *norm, domain=MICROSOFT, epsilon=1e-12)

    mixed = linear(x, *(f"attention.self.{part}" for part in ("query", "key", "value")))
    parts = graph.split(mixed)
    attended = graph.step("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=HEADS)
    x = added(x, linear(attended, "attention.output.dense"), "attention.output.LayerNorm")
    wide = graph.step("Gelu", linear(x, "intermediate.dense"))
    return added(x, linear(wide, "output.dense"), "output.LayerNorm")


def _rarity(graph: Graph) -> str:
    """Each piece's weight: the vocabulary lists frequent pieces, which carry grammar, first."""
    first, one, half = (
        graph.constant(value)
        for value in (np.array(FIRST_WORD), np.float32(1), np.float32(HALF_AT))
    )
    place = graph.step("Cast", graph.step("Sub", "ids", first), to=TensorProto.FLOAT)
    rank = graph.step("Max", one, place)
    weight = graph.step("Div", rank, graph.step("Add", rank, half))
    return graph.step("Unsqueeze", weight, graph.constant(np.array([-1])))


def blended(first: Weights, trained: Weights, share: float) -> Weights:
    """Every number on the way from the first weights to the trained ones: it forgets less."""
    return {
        name: ((1 - share) * value + share * trained[name]).astype(np.float32)
        for name, value in first.items()
        if name in trained
    }


def main(start: Path, target: Path, trained: Path | None, share: float) -> None:
    weights = load_file(start / "model.safetensors")
    if trained:
        weights = blended(weights, load_file(trained), share)
    model = model_of(weights, (start / "vocab.txt").read_text(encoding="utf-8"))
    onnx.checker.check_model(model)
    onnx.save(model, target)
    print(
        f"{target.stat().st_size / 1e6:.1f} MB, {hashlib.sha256(target.read_bytes()).hexdigest()}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("start", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--trained", type=Path)
    parser.add_argument("--share", type=float, default=SHARE)
    chosen = parser.parse_args()
    main(chosen.start, chosen.target, chosen.trained, chosen.share)
