"""Notes: what is told beside facts, and what there is to say about a scope."""
