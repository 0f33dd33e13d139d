"""Today: reviews, issues, last sleep."""
