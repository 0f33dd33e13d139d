"""Forgetting curves, memories about to fade, and archiving."""
