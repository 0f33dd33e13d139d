"""What the command of the spiking brain takes; light, since every command reads it."""

import argparse
from collections.abc import Callable

#: What can be asked of the brain.
CHOICES = ("status", "recall", "dream", "assembly", "map", "lessons", "unlearn")


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    brain = command("brain", "Show what the spiking brain associates with a cue.")
    brain.add_argument("what", nargs="?", default="status", choices=CHOICES)
    brain.add_argument("cue", nargs="?", metavar="CUE|CONCEPT|LESSON")
    brain.add_argument("--mode", metavar="M", help="focused or broad")
    brain.add_argument("--limit", type=int, default=12, metavar="N", help="concepts at most (12)")
    brain.add_argument("--collection", metavar="C", help="only concepts mentioned there")
    brain.add_argument("--hops", type=int, default=6, metavar="N", help="length of a dream (6)")
    brain.add_argument("--seed", type=int, default=0, metavar="N", help="random seed")
    brain.add_argument("--scale", type=float, metavar="S", help="0.01 to 1 (two million neurons)")
