"""Read, the Library: sources, their state, and their indexed text."""
