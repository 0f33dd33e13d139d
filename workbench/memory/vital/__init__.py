"""Health of a library: its grade, and alerts on excessive or outdated content."""
