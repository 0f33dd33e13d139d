"""Sentence embeddings by a model on this machine."""
