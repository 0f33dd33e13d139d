"""The main window: frame, menus, docks, drop, toasts, state."""
