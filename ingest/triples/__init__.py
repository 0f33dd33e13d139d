"""Subject, relation and object from running text, by rules.

Text becomes tokens, one tag character per token, chunks by a regular expression over the tags, and
clauses in one pass from left to right; triples have spans, the rule that found them, and a
confidence. The rules are for English. This is shallow open information extraction (Fader, Soderland
and Etzioni 2011, "ReVerb") with a tagger after Brill (1992).
"""
