"""Which language models a person has chosen, and what a server of them can do for the library."""
