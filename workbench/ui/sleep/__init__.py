"""Sleep in the window: its preview, report and schedule."""
