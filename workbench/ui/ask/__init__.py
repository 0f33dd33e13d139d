"""Ask: a question, its answer in quotes, and the evidence."""
