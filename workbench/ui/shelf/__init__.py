"""The open library as the window sees it: its lists, its changes, and their undo."""
