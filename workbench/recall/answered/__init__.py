"""Saved questions and answers: storage, listing, display, export."""
