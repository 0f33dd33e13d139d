"""From a question to evidence to an answer with citations."""
