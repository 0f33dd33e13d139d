"""The brain of one library: its links, what a cue lights up, what it proposes and learns."""
