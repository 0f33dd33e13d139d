"""Tables: the same questions asked of many sources, with an answer per cell."""
