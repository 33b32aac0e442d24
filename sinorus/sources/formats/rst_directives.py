"""What the directives of reStructuredText and of Sphinx hold, by their names.

One that is not named here holds prose: its argument is a paragraph, and its content is text.
"""

from __future__ import annotations

UNSEEN = frozenset(
    [
        "include",
        "literalinclude",
        "raw",
        "contents",
        "toctree",
        "index",
        "highlight",
        "default-role",
        "default-domain",
        "role",
        "class-role",
        "tabularcolumns",
        "sectnum",
        "section-numbering",
        "target-notes",
        "header",
        "footer",
        "meta",
        "currentmodule",
        "module",
        "automodule",
        "autoclass",
        "autofunction",
        "automethod",
        "autosummary",
        "autodata",
        "autoexception",
        "autoattribute",
        "py:module",
        "py:currentmodule",
        "js:module",
        "codeauthor",
        "testsetup",
        "testcleanup",
        "bibliography",
        "graph",
        "digraph",
        "graphviz",
        "uml",
        "plantuml",
        "mermaid",
        "inheritance-diagram",
        "jupyter-kernel",
        "restructuredtext-test-directive",
        "date",
        "unicode",
        "replace",
        "todolist",
        "genindex",
        "image-map",
        "video",
        "youtube",
    ]
)
"""What a reader sees nothing of, or only what stands in another file."""
CODE = frozenset(
    [
        "code",
        "code-block",
        "sourcecode",
        "parsed-literal",
        "math",
        "productionlist",
        "doctest",
        "testcode",
        "testoutput",
        "prompt",
        "ipython",
        "ipython3",
        "jupyter-execute",
        "console",
    ]
)
BARE = frozenset(
    [
        "container",
        "only",
        "rst-class",
        "cssclass",
        "ifconfig",
        "tab-set",
        "tabs",
        "grid",
        "compound",
        "hlist",
        "glossary",
        "code-group",
        "class",
        "list-table",
        "csv-table",
        "figure",
        "image",
        "table",
    ]
)
"""Those whose argument is no prose, or is read by itself."""
SIGNED = frozenset(
    [
        "function",
        "method",
        "attribute",
        "data",
        "exception",
        "classmethod",
        "staticmethod",
        "decorator",
        "describe",
        "object",
        "option",
        "envvar",
        "macro",
        "type",
        "var",
        "enum",
        "struct",
        "member",
        "confval",
        "property",
        "cmdoption",
    ]
)
"""Those whose argument is code; also with a domain before it, `py:function`."""
QUOTING = frozenset({"epigraph", "highlights", "pull-quote"})
