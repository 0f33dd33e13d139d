"""Sentence embeddings: vectors of whole sentences, by a model that lies on this machine."""
