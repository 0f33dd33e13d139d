"""The command line, made from `library/operations.toml`: what a command takes, calls and shows."""
