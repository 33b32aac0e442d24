"""The language server: a draft that is open in an editor, beside the library."""
