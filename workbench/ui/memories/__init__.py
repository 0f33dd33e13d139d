"""Statements and notes: their table, the line that adds one, the details of one."""
