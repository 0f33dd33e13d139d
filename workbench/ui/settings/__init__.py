"""Settings: one place with pages, each holding only what exists and works."""
