"""The Activity dock: what is being read, how far it is, what needs attention."""
