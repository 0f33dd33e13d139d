"""Image embeddings by a model in a process of its own, and search."""
