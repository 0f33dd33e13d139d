"""Forgetting curves, what will have faded soon, and archiving."""
