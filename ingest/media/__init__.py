"""Readers of captions, recordings, videos and pictures."""
