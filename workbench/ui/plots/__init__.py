"""Plots drawn with pyqtgraph, which is imported on first use."""


def load() -> None:
    """Import pyqtgraph, which takes half a second. Call on a worker."""
    from workbench.ui.plots import base  # noqa: F401
