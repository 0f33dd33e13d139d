"""Topics of questions, and which of them follow one another."""
