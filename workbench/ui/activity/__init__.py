"""Activity, above the status bar: what is being read, and how far it is."""
