"""The kernels of the brain, made ready together."""

from workbench import kernels

BRAIN_KERNELS = kernels.KernelSet(
    "brain",
    (
        "workbench.brain.hashing",
        "workbench.brain.neurons",
        "workbench.brain.background",
        "workbench.brain.meaning",
        "workbench.brain.spreading",
        "workbench.brain.undertone",
    ),
)
