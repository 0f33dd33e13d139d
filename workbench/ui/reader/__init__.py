"""The Reader tab: a source as text or as its own pages, opened at the quoted words."""
