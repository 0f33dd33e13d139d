"""The Library tab: everything that was added, its state, and exactly what was indexed of it."""
