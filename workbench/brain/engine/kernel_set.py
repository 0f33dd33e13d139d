"""The compiled kernels of the brain."""

from workbench import kernels

BRAIN_KERNELS = kernels.KernelSet(
    "brain",
    (
        "workbench.brain.engine.hashing",
        "workbench.brain.engine.neurons",
        "workbench.brain.engine.background",
    ),
)
