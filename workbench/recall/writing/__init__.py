"""Answers written by a language model from numbered evidence, each sentence checked as it comes."""
