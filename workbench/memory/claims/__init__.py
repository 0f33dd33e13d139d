"""Answers questions from facts by comparing claims role by role."""
