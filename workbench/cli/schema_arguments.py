"""What `workbench train-db` takes; the command itself is in `schemas`."""

import argparse
from collections.abc import Callable


def add(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Tell the parser of the command that learns what a database is made of."""
    train = command(
        "train-db",
        ("Learn the tables, columns and references of a database; its rows are not read."),
    )
    train.add_argument(
        "url", metavar="URL", help="FILE, sqlite:///FILE or postgresql://user@host/database"
    )
    train.add_argument("--domain", default="", metavar="NAME", help="what to call the database")
    train.add_argument("--collection", metavar="C", help="add to this collection")
    train.add_argument(
        "--max-tables", type=int, default=100, metavar="N", help="tables and views at most (100)"
    )
    train.add_argument("--no-patterns", action="store_true", help="leave patterns out")
    train.add_argument("--no-relationships", action="store_true", help="leave references out")
    train.add_argument(
        "--salience-ceiling", type=float, default=0.5, metavar="0-1",
        help="how much weight a statement can have at most (0.5)",
    )  # fmt: skip
    train.add_argument(
        "--stage", default="episodic", metavar="S", help="stm, working, episodic or semantic"
    )
    train.add_argument("--consolidate", action="store_true", help="afterwards merge duplicates")
