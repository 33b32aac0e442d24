"""Markdown, a function a command."""
