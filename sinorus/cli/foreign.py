"""What users of other programs type, and what to write here.

`ripgrep`, `grep`, `ugrep`, `notmuch`, `zk`, `gh`, `fzf`, `Recoll`, `DEVONthink`: each habit has one
sentence.
"""

from __future__ import annotations

import re

COMMANDS_MEANT = {
    **dict.fromkeys(("find", "grep", "rg", "query", "s", "f"), "search"),
    **dict.fromkeys(("cat", "get", "view", "print", "less"), "show"),
    **dict.fromkeys(("edit", "goto", "visit"), "open"),
    **dict.fromkeys(("yank", "clip"), "copy"),
    **dict.fromkeys(("verify", "lint", "proof"), "check"),
    **dict.fromkeys(("cite", "quotation", "excerpt"), "quote"),
    **dict.fromkeys(("bibliography", "bibtex", "references", "refs"), "bib"),
    **dict.fromkeys(("list", "ls", "documents", "files", "docs"), "sources"),
    **dict.fromkeys(("update", "reindex", "build", "sync", "new"), "index"),
    **dict.fromkeys(("import", "cp"), "add"),
    **dict.fromkeys(("info", "stats", "doctor", "count"), "status"),
    **dict.fromkeys(("diff", "cmp"), "compare"),
    **dict.fromkeys(("man", "manual", "usage"), "help"),
    **dict.fromkeys(("rm", "remove", "delete"), "remove the file itself, then run sinorus index"),
    "config": "settings are in sinorus.toml and your own config.toml: see docs/configuration.md",
    "version": "write sinorus --version",
}
"""What users of other programs type, and our command for it, or what to do."""

_REGEX = "there are no regular expressions: write pre*, *post, wom?n, fuzz~1 or (one OR other)"
_CASE = "case is ignored already; -s minds it"
_WORDS = "whole words are matched already; write pre* for words that begin so"
_PATHS = "write --path '*.md' for some files, --not-path for all others"
_NUMBERS = "paths and lines are printed already; on a terminal write --format plain"
_HIDDEN = "which files are read is set by exclude in sinorus.toml and by .sinorusignore"
_RANGE = "write --since 2022 --until 2023-06, or date:2022..2023-06 in the query"
_SINCE = "did you mean --since? A range is --since 2022 --until 2023-06"
_UNTIL = "did you mean --until? A range is --since 2022 --until 2023-06"
_NO_ANSWER = (
    "--no-notices drops notices; by their exit codes search -q tells whether anything is found, "
    "and show -q whether a text is as it was cited"
)

_EVERYWHERE = {
    **dict.fromkeys(("-i", "--ignore-case"), _CASE),
    **dict.fromkeys(("-S", "--smart-case"), "--exact minds capitals where you write one"),
    **dict.fromkeys(("-w", "--word", "--word-regexp", "--words"), _WORDS),
    **dict.fromkeys(("-E", "-P", "-G", "--regex", "--extended-regexp", "--perl-regexp"), _REGEX),
    **dict.fromkeys(("-F", "--fixed-strings"), "--literal takes nothing for an operator"),
    "-e": "write the query without it; several are 'one OR other'",
    "--regexp": "write the query without it; several are 'one OR other'",
    **dict.fromkeys(("-r", "-R", "--recursive"), "all of the library is searched already"),
    **dict.fromkeys(
        ("-v", "--invert-match"), "write NOT word in the query; -L lists files without a match"
    ),
    **dict.fromkeys(("-H", "--with-filename", "--no-heading", "--line-number", "-N"), _NUMBERS),
    **dict.fromkeys(("-g", "--glob", "--include", "--iglob", "-t", "--type"), _PATHS),
    **dict.fromkeys(("-T", "--type-not", "--exclude", "--exclude-dir"), _PATHS),
    **dict.fromkeys(("-m", "--max-count"), "write -n N for so many, --max-per-doc N of a document"),
    **dict.fromkeys(("--hidden", "--no-ignore", "-u"), _HIDDEN),
    **dict.fromkeys(("-U", "--multiline"), "a paragraph is searched as a whole already"),
    **dict.fromkeys(("-a", "--text", "-z", "--search-zip"), "sinorus index says what is read"),
    "--files": "sinorus sources lists the documents",
    "--context": "write -C N for N paragraphs around",
    "--after-context": "write -A N for N paragraphs after",
    "--before-context": "write -B N for N paragraphs before",
    "--fuzzy": "write word~1 or word~2 in the query",
    "--near": "write a NEAR/5 b in the query",
    "--phrase": "write the phrase in quotation marks: '\"two words\"'",
    "--title": "write title:word in the query",
    "--url-contains": "write url:word in the query",
    **dict.fromkeys(("--no-messages", "--no-warnings"), "did you mean --no-notices?"),
    "--silent": "did you mean --quiet?",
    "--stats": "-c counts, and sinorus status has the numbers of the library",
    "--replace": "sinorus changes no source",
    "--jq": "write --json and a pipe: --json | jq …",
    "--pretty": "write --color always",
    "-p": "write --color always",
    "--colour": "did you mean --color?",
    "--pager": "set PAGER, or SINORUS_PAGER for sinorus alone",
    **dict.fromkeys(("--all", "--no-limit"), "write -n all"),
    **dict.fromkeys(("--max", "--max-results", "--top", "--head", "--size"), "write -n N"),
    **dict.fromkeys(("--from", "--after", "--newer", "--start"), _SINCE),
    **dict.fromkeys(("--to", "--before", "--older", "--end"), _UNTIL),
    **dict.fromkeys(("--date", "--year", "--period"), _RANGE),
    **dict.fromkeys(("--language", "--locale"), "did you mean --lang?"),
    **dict.fromkeys(("--sortr", "--reverse", "--desc"), "write --sort -date for the latest first"),
    **dict.fromkeys(("--folder", "--dir", "--directory"), "write --path 'folder/*'"),
    **dict.fromkeys(("--id", "--doc", "--document"), "did you mean --source?"),
    **dict.fromkeys(("--and", "--or"), "write AND and OR in the query: 'gas OR oil'"),
    "--not": "write NOT word in the query",
    "--stem": "words are found in all their forms already; --exact turns that off",
    "--translate": "did you mean --across?",
    "--output": "did you mean --format?",
    "--debug": "--explain says how a query was read",
    "--version": "write sinorus --version",
    **dict.fromkeys(
        ("--cite", "--quote", "--bibtex", "--citation"),
        "write --format markdown for quotations with their references",
    ),
    **dict.fromkeys(("--match", "--query", "--search"), "write the words without it"),
    **dict.fromkeys(("--interactive", "--fzf", "--preview"), "see docs/pick.md"),
    "--web": "write sinorus open ID --url",
    "--open": "write sinorus open ID",
}

_OF_COMMAND = {
    "search": {
        "--order": "did you mean --sort?",
        **dict.fromkeys(("--by", "--group"), "did you mean --group-by?"),
        "--only": "write -o for the words that match alone",
        "--among": "write --source ID, once for each document",
    },
    "compare": {
        **dict.fromkeys(("--group-by", "--group", "--groups"), "did you mean --by?"),
        "--sort": "did you mean --order?",
        **dict.fromkeys(("-q", "--quiet", "--silent"), _NO_ANSWER),
        **dict.fromkeys(("-y", "--side-by-side"), "texts stand side by side where there is room"),
        **dict.fromkeys(("-u", "--unified"), "write --only changed for what differs"),
    },
    "open": dict.fromkeys(("-q", "--quiet", "--silent"), "did you mean --no-notices?"),
    "index": {
        **dict.fromkeys(("-f", "--force", "--full", "--all", "--clean"), "did you mean --rebuild?"),
        "--watch": "it is not needed: each search looks first at what has changed",
        **dict.fromkeys(("-r", "-R", "--recursive"), "folders are read with all below them"),
    },
    "show": {
        **dict.fromkeys(("-n", "--limit", "--lines"), "write a range: DOCUMENT#3-7"),
        **dict.fromkeys(("--paragraph", "--para", "-p"), "write DOCUMENT#3"),
        "--page": "search and sources print pages; show takes DOCUMENT#3-7",
    },
    "add": {
        **dict.fromkeys(("-r", "-R", "--recursive"), "a folder is copied with all below it"),
        **dict.fromkeys(("--folder", "--dir", "--directory"), "did you mean --to?"),
        **dict.fromkeys(("-f", "--force", "--overwrite"), "nothing is overwritten"),
    },
}

SORTS_MEANT = {
    **dict.fromkeys(("newest", "latest", "recent", "newest-first", "desc", "modified"), "-date"),
    **dict.fromkeys(("oldest", "oldest-first", "asc", "time", "chronological", "created"), "date"),
    **dict.fromkeys(("score", "rank", "best", "relevancy", "none"), "relevance"),
    **dict.fromkeys(("name", "path", "alpha", "alphabetical", "filename"), "title"),
    "+date": "date",
    "reverse": "-date",
}
ORDERS_MEANT = {
    **dict.fromkeys(("count", "paragraphs", "hits", "frequency", "relevance"), "matches"),
    **dict.fromkeys(("percent", "density", "relative", "per-1000"), "rate"),
    **dict.fromkeys(("title", "alpha", "alphabetical", "key", "path"), "name"),
    **dict.fromkeys(("date", "year", "time"), "years come in their order already: write --by year"),
}
COLORS_MEANT = {
    **dict.fromkeys(("on", "yes", "true", "1", "force", "ansi"), "always"),
    **dict.fromkeys(("off", "no", "false", "0", "none"), "never"),
    **dict.fromkeys(("tty", "default"), "auto"),
}
FORMATS_MEANT = {
    **dict.fromkeys(("text", "txt", "grep", "raw", "line"), "plain"),
    **dict.fromkeys(("ndjson", "json-lines", "jsonlines"), "jsonl"),
    **dict.fromkeys(("md", "gfm"), "markdown"),
    **dict.fromkeys(("quickfix", "vim", "errorformat", "emacs"), "vimgrep"),
    **dict.fromkeys(("pretty", "color", "terminal", "tty"), "rich"),
    **dict.fromkeys(("tab", "tabs"), "tsv"),
    **dict.fromkeys(("excel", "xlsx", "table"), "csv"),
    **dict.fromkeys(
        ("html", "latex", "org", "docx", "pdf"), "write --format markdown, and convert that"
    ),
    **dict.fromkeys(("xml", "yaml", "yml", "toml", "bibtex"), "write --json, and convert that"),
}
KINDS_MEANT = {
    **dict.fromkeys(("paragraph", "prose", "body", "p"), "text"),
    **dict.fromkeys(("title", "header", "headings", "h1", "section"), "heading"),
    **dict.fromkeys(("note", "notes", "endnote", "footnotes"), "footnote"),
    **dict.fromkeys(("blockquote", "quotation", "citation"), "quote"),
    **dict.fromkeys(("figure", "image", "picture"), "caption"),
    **dict.fromkeys(("item", "items", "bullet"), "list"),
    **dict.fromkeys(
        ("pdf", "docx", "html", "md", "markdown"), "for kinds of files write --path '*.pdf'"
    ),
}
ONLY_MEANT = {
    **dict.fromkeys(("change", "modified", "different", "edited", "diff"), "changed"),
    **dict.fromkeys(("move", "relocated"), "moved"),
}


def option_meant(name: str, command: str) -> str | None:
    """What to write for an option of another program."""
    return _OF_COMMAND.get(command, {}).get(name) or _EVERYWHERE.get(name)


_NAMES = "lang|author|title|tag|date|publisher|kind|path|speaker"
_QUERIES = (
    (r"(?:.*[\w)])?(?:\.\*|\.\+)\w.*", "for any words between two write 'one NEAR/9 other'"),
    (r"\^\w.*|.*\w\$", "there is no sign for the beginning or the end of a line"),
    (r".*(?:&&|\s&\s).*", "for both of two words write them side by side, or AND"),
    (r"(?:.*\s)?\+\w.*", "+ is not needed: all words are required"),
    (rf".*?\b({_NAMES})\s?==?\s?([\w*-]+).*", "for a field write {0}:{1}"),
    (r".*\s(and|or|not)\s.*", "operators are written in capitals: {capitals}"),
    (r".*\b(\d{4})\s?\.\.\s?(\d{4})\b.*", "for dates write date:{0}..{1}"),
    (r".*\w%.*|%\w.*", "for any letters write *: pre*"),
    (r".*\bw/(?:in)?\s.*", "for words near each other write 'one NEAR/5 other'"),
)
"""What queries of other programs look like, and what is said of one that finds nothing."""


def query_meant(text: str) -> str | None:
    """What to write for a query in the language of another program, if it looks like one."""
    if len(text) > 300 or text.isalpha():
        return None
    for pattern, told in _QUERIES:
        if found := re.fullmatch(pattern, text.strip(), re.DOTALL):
            parts = found.groups()
            return told.format(*parts, capitals=parts[0].upper() if parts else "")
    return None
