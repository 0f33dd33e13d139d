"""Facts in plain language: what people tell the library, and the values that they hold."""
