"""JSON, CSV and templates: what other programs read."""
