"""Fibers, synapses and reflexes: recall that runs along what memories have in common."""
