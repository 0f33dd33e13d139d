"""Texts into what the memory of facts keeps of them: words, claims, topics, packed records."""
