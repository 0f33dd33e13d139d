"""Plots, drawn with pyqtgraph, which is imported with the first of them."""
