"""The Library tab: the sources, their state, and what was indexed of each."""
