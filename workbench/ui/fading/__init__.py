"""What is about to fade: the list, and what one does about it."""
