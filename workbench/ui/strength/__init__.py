"""How strong a memory is: the curve, its dates as a table, and what can be done about it."""
