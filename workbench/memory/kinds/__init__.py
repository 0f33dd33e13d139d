"""Kinds of memories and what comes with them: projects, reviews, contradictions."""
