"""The list of fading memories."""
