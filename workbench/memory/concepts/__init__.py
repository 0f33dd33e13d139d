"""What a statement is about: typed concepts and what joins them, found by rules."""
