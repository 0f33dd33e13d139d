"""Reflex recall: spreading activation along the fibers that memories share."""
