"""The graph of concepts: mentions, names of one thing, fibers, associations, evidence."""
