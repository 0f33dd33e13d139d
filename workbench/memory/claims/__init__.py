"""Answers questions from told statements by comparing claims role by role."""
