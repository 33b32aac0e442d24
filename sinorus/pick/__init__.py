"""The screen on which one searches as one types; Textual is imported here and nowhere else."""
