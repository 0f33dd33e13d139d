"""Intents of a line of conversation: statement, question, order, courtesy."""
