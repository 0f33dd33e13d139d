"""The strength of a memory: its curve, dates, and actions."""
