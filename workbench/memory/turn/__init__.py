"""A line of conversation taken apart: what it says, asks, orders, or only says for courtesy."""
