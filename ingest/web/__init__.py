"""Fetches a web page once, when somebody asks for that page."""
