"""The durable queue: stages, workers, resume, dedupe, read-back."""
