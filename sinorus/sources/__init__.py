"""Files to documents: what there is, what changed, and what one file says."""
