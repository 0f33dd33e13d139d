"""Sleep: consolidation in interruptible slices, with a preview, a report and Undo."""
