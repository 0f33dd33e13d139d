"""Sentences that give orders to a program, and others like them, that nothing was learned from."""

from pathlib import Path

from workbench.recall.writing.injection import addresses_model

_FILE = Path(__file__).parent / "data" / "orders.txt"


def held_out() -> list[tuple[bool, str, str]]:
    """Each sentence: whether it gives orders, its language, its words."""
    rows = (row.split(" ", 2) for row in _FILE.read_text(encoding="utf-8").splitlines())
    return [(sign == "+", language, text) for sign, language, text in rows if sign in "+-"]


def share_marked() -> tuple[float, float]:
    """What share of the orders is marked, and of the others."""
    marked: dict[bool, list[bool]] = {True: [], False: []}
    for is_order, _, text in held_out():
        marked[is_order].append(addresses_model(text))
    orders, others = (sum(marked[kind]) / len(marked[kind]) for kind in (True, False))
    return orders, others
