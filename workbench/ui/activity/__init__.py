"""The Activity panel: the queue of files being read, with progress."""
