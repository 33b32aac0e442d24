"""The embedded engine: an index in a folder of the library.

sinorus writes and searches its own segments. Whoosh's schema, table of contents and codec interface
are the form they have, so that any program with Whoosh and sinorus installed opens and searches the
index; stock Whoosh is the second oracle of the tests. Only `codec/` imports it.
"""
