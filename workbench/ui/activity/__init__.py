"""The Activity dock: what is being read, how far it is, and what needs you."""
