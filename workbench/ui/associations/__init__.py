"""The Associations tab: one concept, its connections, and the passages behind them."""
