"""Questions and answers of before: kept, looked through, shown again, exported with references."""
