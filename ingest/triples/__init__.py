"""Subject, relation and object from running text, by rules.

Text becomes tokens, one tag character a token, chunks by one regular expression over the tags, and
clauses in one walk from left to right; what is found carries its spans, the rule that found it and
a confidence. The rules are for English. The road is that of shallow open information extraction
(Fader, Soderland and Etzioni 2011, "ReVerb") with a tagger after Brill (1992).
"""
