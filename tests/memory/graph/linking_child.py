"""A program that links a library until there is nothing left: `python … FILE`."""

import sys

from tests.memory.graph import plain_tracer
from workbench.memory.graph.linking import Linker
from workbench.store.store import Store

if __name__ == "__main__":
    with Store.open(sys.argv[1]) as store:
        linker = Linker(store, lambda: plain_tracer.trace)
        while linker.step(40):
            print("linked", flush=True)
