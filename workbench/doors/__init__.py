"""Tools for agents and an HTTP server, made from the table of operations."""
