"""The search for a way: first the best answers, nothing twice, the longest part where it breaks."""

from collections.abc import Iterable, Mapping, Sequence

from workbench.memory.chains.following import walk


def names(
    graph: Mapping[tuple[str, str], Sequence[str]], start: str, path: Sequence[str]
) -> tuple[list[str], int]:
    """The names on the way, and how often the graph was asked."""
    asked = 0

    def ask(name: str, relation: str) -> Iterable[str]:
        nonlocal asked
        asked += 1
        return graph.get((name, relation), ())

    def onward(answer: str, _last: bool) -> Iterable[str]:
        return (answer,)

    steps = walk(start, path, ask, onward, str)
    return [step.name for step in steps], asked


def test_the_first_answer_that_leads_on_is_taken() -> None:
    graph = {("a", "to"): ["b", "c", "d"], ("c", "is"): ["good"], ("d", "is"): ["late"]}
    assert names(graph, "a", ["to", "is"])[0] == ["c", "good"]


def test_the_longest_part_is_kept_where_no_way_is_whole() -> None:
    graph = {("a", "to"): ["b", "c"], ("c", "to"): ["d"]}
    assert names(graph, "a", ["to", "to", "to"])[0] == ["c", "d"]


def test_a_dense_graph_is_gone_through_once_for_each_place_of_the_path() -> None:
    nodes = [str(number) for number in range(10)]
    graph = {(node, "to"): nodes for node in nodes}
    way, asked = names(graph, "0", [*["to"] * 30, "nowhere"])
    assert len(way) == 30
    assert asked <= 10 * 31


def test_a_path_may_be_longer_than_the_stack_of_calls() -> None:
    graph = {("a", "to"): ["b"], ("b", "to"): ["a"]}
    assert len(names(graph, "a", ["to"] * 5000)[0]) == 5000
