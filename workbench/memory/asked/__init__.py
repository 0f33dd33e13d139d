"""What is asked after what: topics of questions, and which of them follow one another."""
