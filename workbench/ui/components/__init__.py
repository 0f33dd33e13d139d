"""Small parts that every place in the window is built from."""
