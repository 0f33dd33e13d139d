"""Language models of a server on this machine: reached, asked, and never trusted."""
