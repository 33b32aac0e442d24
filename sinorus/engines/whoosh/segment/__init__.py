"""The segment file: an array file of sections, read where it lies. It knows no Whoosh."""
