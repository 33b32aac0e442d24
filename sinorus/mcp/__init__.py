"""A server for assistants: what can be asked of a library, in answers of a known size."""
