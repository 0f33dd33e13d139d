"""Read, the library: the sources, their state, and what was indexed of each."""
