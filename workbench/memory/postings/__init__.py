"""The index of facts: which facts hold which terms, in mapped segments and a live tail."""
