"""Sleep in the window: what it would do, what it did, and when it comes."""
