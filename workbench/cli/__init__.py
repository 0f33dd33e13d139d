"""The command line, made from `library/operations.toml`: what a command takes and calls."""
