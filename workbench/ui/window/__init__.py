"""The main window: frame, menus, omnibox, docks, drops, toasts, undo, state."""
