"""Settings: one dialog of pages."""
