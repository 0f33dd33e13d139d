"""The Inspector dock: what is known of the thing that is selected."""
