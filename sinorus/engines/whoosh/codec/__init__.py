"""Our codec for Whoosh: a segment in one file of arrays. docs/index-format.md describes it."""
