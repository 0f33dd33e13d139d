"""How a library is: alerts about what is too much or too old, and a grade of its health."""
