"""Whether a written sentence says what its evidence says: names, numbers, denial, and who did what.

No model is asked. A rule that cannot tell lets a sentence stand only where all its words are in
what it cites, so that the checker errs towards doubt.
"""
