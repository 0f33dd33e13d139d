"""Tables: the same questions of many sources, what each of them answers in a cell."""
