"""The segment file: an array file of sections, read where it lies.

It knows no Whoosh, and imports numpy only where arrays are asked for. docs/index-format.md has it
byte by byte.
"""
