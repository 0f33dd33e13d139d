"""Checks a written sentence against its evidence: names, numbers, negation, roles.

No model is asked. A rule that cannot tell lets a sentence stand only where all its words are in
what it cites, so that the checker errs towards doubt.
"""
