"""The older grammar of told statements: words, slots, topics, packed records."""
