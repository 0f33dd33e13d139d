"""The Brain tab: a recall as it goes through ten regions, step by step."""
