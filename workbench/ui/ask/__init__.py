"""The Ask tab: a question, the answer in the sources' own words, and the evidence for it."""
