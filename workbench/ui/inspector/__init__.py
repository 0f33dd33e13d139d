"""The Inspector dock: details of the selected thing."""
