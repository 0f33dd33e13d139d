"""Explore: one concept, its connections, and the passages behind them."""
