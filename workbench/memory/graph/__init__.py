"""The graph of concepts: mentions, fibers and associations with their evidence."""
