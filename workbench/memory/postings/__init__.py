"""The index of told statements: segments mapped from files, and a live tail."""
