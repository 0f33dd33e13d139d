"""Checks a written sentence against its evidence: names, numbers, negation, roles.

No model is used. A rule without a decision accepts a sentence only if all its words are in its
citations, so that the checker errs towards doubt.
"""
