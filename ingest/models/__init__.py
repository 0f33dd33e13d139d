"""Wrappers of models and their servers: Ollama, speech, text recognition, images."""
