"""The index of told statements: segments as those of sentences, and a memtable."""
