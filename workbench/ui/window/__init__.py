"""The main window: frame, menus, omnibox, docks, drop, toasts, Undo, state."""
