"""The graph of concepts: fibers, mentions and associations with their evidence."""
