"""Files that are no text: converted once, each in a process of its own, and kept by their bytes."""
