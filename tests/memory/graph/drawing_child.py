"""A program that draws triples a few statements at a time until there are none: `python … FILE`."""

import sys

from workbench.memory.graph.stating import Stating
from workbench.store.store import Store

if __name__ == "__main__":
    with Store.open(sys.argv[1]) as store:
        stating = Stating(store)
        while stating.step(8):
            print("drawn", flush=True)
