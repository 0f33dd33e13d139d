"""A library that several devices or people share: a log of words, and its merging."""
