"""The durable queue: stages, workers, resuming, duplicates, reading back."""
