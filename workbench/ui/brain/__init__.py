"""The Lab: a recall replayed region by region."""
