"""The window: every Qt import of the project is below here."""
