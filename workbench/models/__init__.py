"""Which language models a person chose, and the server that runs them."""
