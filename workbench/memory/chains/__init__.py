"""Multi-hop relations between facts, and spreading activation over facts."""
