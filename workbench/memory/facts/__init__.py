"""Fact memory: storage, retrieval, supersession and question answering."""
