"""The main window: frame, menus, docks, drop, toasts, and what it knows of the library."""
