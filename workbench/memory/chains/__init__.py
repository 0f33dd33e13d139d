"""Ways through the facts: chains along relations that are named, and spreading without any."""
