"""What fades: curves of strength, what will have faded soon, and letting go."""
