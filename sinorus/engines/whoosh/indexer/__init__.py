"""What makes the next commit: readings to segments, segments merged, documents deleted."""
