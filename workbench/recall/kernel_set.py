"""The kernels of asking, made ready together."""

from workbench.kernels import KernelSet

RECALL_KERNELS = KernelSet(
    "recall",
    (
        "workbench.recall.ordinal_sets",
        "workbench.recall.nearness",
        "workbench.recall.cutting",
        "workbench.recall.stretches",
    ),
)
