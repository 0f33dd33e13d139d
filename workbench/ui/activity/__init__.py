"""Activity, above the status bar: what is being read, how far it is, what needs attention."""
