"""How the reader's weights are made and judged. Nothing of it is imported by the program."""
