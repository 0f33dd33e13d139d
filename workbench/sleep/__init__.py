"""Sleep: what a library does with its memories while nobody uses it, in slices, to be undone."""
