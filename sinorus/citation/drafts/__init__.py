"""Drafts: what of a manuscript is prose, and what in it is quoted and cited."""
