"""Plots, drawn with pyqtgraph, which is imported with the first of them."""


def load() -> None:
    """Import pyqtgraph; for a worker, as it takes half a second."""
    from workbench.ui.plots import base  # noqa: F401
