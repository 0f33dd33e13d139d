"""Small widgets that every place in the window is built from."""
