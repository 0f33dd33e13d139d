"""Sleep in the window: preview, report and schedule."""
