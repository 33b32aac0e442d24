"""What a terminal shows, by rich."""
