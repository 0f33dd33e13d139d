"""The kernels of the fact memory, made ready together."""

from workbench.kernels import KernelSet

_POSTINGS = (
    "arrays",
    "salting",
    "heap",
    "lookup",
    "scoring",
    "meeting",
    "merging",
    "tail",
    "spelling",
    "batch",
    "weighing",
    "segment",
    "addresses",
    "at_once",
)
_PARSING = (
    "classes", "phrases", "clauses", "slots", "settling", "sentences", "characters", "numerals",
    "scanning", "table", "batch", "parser",
)  # fmt: skip
# Compiled code holds their lists and numbers, so it must be made anew where they change.
_HELD = (
    "memory.hashing", "memory.irregular", "memory.vocabulary", "memory.words",
    "memory.facts.speech", "memory.facts.reading", "memory.facts.times", "store.claim_records",
)  # fmt: skip

FACT_KERNELS = KernelSet(
    "facts",
    (
        *(f"workbench.memory.postings.{name}" for name in _POSTINGS),
        *(f"workbench.{name}" for name in _HELD),
        *(f"workbench.memory.facts.parsing.{name}" for name in _PARSING),
        "workbench.memory.facts.taking_in",
        "workbench.memory.facts.staleness",
    ),
)
