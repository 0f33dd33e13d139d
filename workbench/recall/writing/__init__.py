"""Answers written by a language model from numbered evidence, checked as they come."""
