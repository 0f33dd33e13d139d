"""Sensory buffer, attention gate, working memory and long-term stores."""
