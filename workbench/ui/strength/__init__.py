"""The strength of a memory: curve, dates, and actions."""
