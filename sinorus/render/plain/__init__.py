"""Text for pipes and small screens, a function a command."""
