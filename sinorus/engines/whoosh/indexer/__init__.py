"""What makes the next commit: segments are written, merged, and taken in."""
