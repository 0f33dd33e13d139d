"""Trains and judges the reader's weights; the program imports nothing of it."""
