"""Today: reviews, what needs attention, last sleep."""
