"""Today: what waits for one, in one calm place."""
