"""The concept graph: mentions, aliases, fibers, associations and their evidence."""
