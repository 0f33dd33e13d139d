"""Answers written by a language model from numbered evidence, checked while streaming."""
