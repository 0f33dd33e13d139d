"""The Brain tab: a recall replayed region by region."""
