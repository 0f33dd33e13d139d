"""The Associations tab: one concept, what hangs together with it, and the passages that say so."""
