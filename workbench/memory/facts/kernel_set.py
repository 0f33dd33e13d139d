"""The kernels of the index of facts, made ready together."""

from workbench.kernels import KernelSet

_POSTINGS = (
    "arrays",
    "salting",
    "heap",
    "lookup",
    "scoring",
    "intersection",
    "merging",
    "recent_postings",
    "spelling",
    "batch",
    "weighing",
    "segment",
    "addresses",
    "compiled_lookup",
)
FACT_KERNELS = KernelSet(
    "facts",
    tuple(f"workbench.memory.postings.{name}" for name in _POSTINGS),
)
