"""Earlier questions and answers: kept, listed, shown again, exported."""
