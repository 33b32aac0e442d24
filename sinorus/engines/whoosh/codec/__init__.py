"""What shows an index to Whoosh: schema, table of contents, and the codec that reads its segments.

The only folder that imports Whoosh. sinorus itself searches the segments without it; it imports
this folder to write, at each commit, the table of contents by which Whoosh opens the index.
"""
