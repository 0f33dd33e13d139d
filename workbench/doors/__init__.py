"""Tools for agents, made from the table of operations."""
