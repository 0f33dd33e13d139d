"""The Inspector dock: details of the selection."""
