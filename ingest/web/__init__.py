"""Pages of the web: read once, when somebody asks for that very page, and nothing else."""
