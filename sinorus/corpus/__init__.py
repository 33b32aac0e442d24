"""What a writer does with hits and texts: group, compare, align. Pure functions over values."""
