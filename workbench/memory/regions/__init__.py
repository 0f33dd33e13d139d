"""Regions of remembering: what is sensed, let in, held for now, and kept for long."""
