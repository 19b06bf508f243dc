"""Cuts a graph that tells everything into parts, of which a run computes one.

onnxruntime computes the whole of a graph whatever is asked for. In the graph made here an input, ``part``, chooses: the
accurate tier, the fast one, or the accurate one with trees and the names of the public sets. The layers below the fast
tier's exit are run always; what only one part needs stands in a branch of an ``If``, with its weights.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import onnx
from onnx import TensorProto, helper

PARTS = ("accurate", "fast", "trees")
"""By the number that ``part`` is."""
Nodes = Sequence[onnx.NodeProto]


def cut(model: onnx.ModelProto, reading: Sequence[str], fast: Sequence[str], trees: Sequence[str]) -> onnx.ModelProto:
    """The graph with the outputs ``reading`` (of whichever tier runs) and ``trees`` (empty where they are not asked for)."""
    graph = model.graph
    needs = {names[0]: _needed(graph.node, names) for names in (tuple(reading), tuple(fast), tuple(trees))}
    for_reading, for_fast, for_trees = needs.values()
    below = [n for i, n in enumerate(graph.node) if i in for_fast and i in for_reading | for_trees]
    above = [n for i, n in enumerate(graph.node) if i in for_reading - for_fast]
    beside = [n for i, n in enumerate(graph.node) if i in for_trees - for_reading - for_fast]
    exit = [n for i, n in enumerate(graph.node) if i in for_fast - for_reading - for_trees]
    used = {i for n in beside for i in n.input}
    # what is rounded for both is rounded in both, so that only hidden states pass from branch to branch
    beside = [*(n for n in above if n.op_type == "DynamicQuantizeLinear" and used & set(n.output)), *beside]
    made_above = {o for n in above for o in n.output} - {o for n in beside for o in n.output}
    across = sorted({i for n in beside for i in n.input if i in made_above} - set(reading))
    low = next(n.input[0] for n in below[::-1] if n.op_type == "DynamicQuantizeLinear" and any(o in m.input for o in n.output for m in exit))

    def same(names: Sequence[str], old: Sequence[str]) -> list[onnx.NodeProto]:
        return [helper.make_node("Identity", [a], [b]) for a, b in zip(old, names, strict=True)]

    kept = {t.name: t for t in graph.initializer}
    taken = {i for n in (*below,) for i in n.input}
    told = [f"{name}__of" for name in (*reading, *across)]
    accurate = _branch("accurate", [*above, *same(told, [*reading, *across])], told, kept, taken | {i for n in (*exit, *beside) for i in n.input})
    quick = _branch("fast", [*exit, *same(told, [*fast, *[low] * len(across)])], told, kept, taken | {i for n in (*above, *beside) for i in n.input})
    with_trees = _branch("trees", [*beside, *same([f"{t}__of" for t in trees], trees)], [f"{t}__of" for t in trees], kept, taken | {i for n in (*above, *exit) for i in n.input})
    nothing = helper.make_tensor("nothing", TensorProto.FLOAT, [0], [])
    without = _branch("none", [helper.make_node("Constant", [], [f"{t}__of"], value=nothing) for t in trees], [f"{t}__of" for t in trees], kept, set(kept))
    moved = {t.name for b in (accurate, quick, with_trees) for t in b.initializer}
    choose = []
    for name, value in (("is_fast", PARTS.index("fast")), ("is_trees", PARTS.index("trees"))):
        choose += [helper.make_node("Constant", [], [f"{name}__v"], value=helper.make_tensor(f"{name}__t", TensorProto.INT64, [], [value])), helper.make_node("Equal", ["part", f"{name}__v"], [name])]
    nodes = [
        *below, *choose,
        helper.make_node("If", ["is_fast"], [*reading, *across], then_branch=quick, else_branch=accurate),
        helper.make_node("If", ["is_trees"], list(trees), then_branch=with_trees, else_branch=without),
    ]  # fmt: skip
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in (*reading, *trees)]
    inputs = [*graph.input, helper.make_tensor_value_info("part", TensorProto.INT64, [])]
    whole = helper.make_graph(nodes, "reader", inputs, outputs, [t for t in graph.initializer if t.name not in moved])
    return helper.make_model(whole, opset_imports=model.opset_import, ir_version=model.ir_version)


def _needed(nodes: Nodes, names: Collection[str]) -> set[int]:
    """Places of the nodes that tensors are made by, and those that these need."""
    wanted, out = set(names), set[int]()
    for i in reversed(range(len(nodes))):
        if wanted & set(nodes[i].output):
            out.add(i)
            wanted |= set(nodes[i].input)
    return out


def _branch(name: str, nodes: Nodes, outputs: Sequence[str], kept: dict[str, onnx.TensorProto], elsewhere: Collection[str]) -> onnx.GraphProto:
    """A branch with the weights that no other part uses."""
    own = sorted({i for n in nodes for i in n.input if i in kept and i not in elsewhere})
    told = [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs]
    return helper.make_graph(list(nodes), name, [], told, [kept[i] for i in own])
