"""What other programs that search as one types are told: a key for fzf, a channel for television.

Names of documents may be anything. fzf quotes what it puts into a command by itself, for `sh`; what
comes back goes into the line as the shell quotes it. television puts an entry into a command as it
is, so that there it stands in a here-document, where nothing has a meaning.
"""

from __future__ import annotations

_SEARCH = (
    "[ -z {q} ] || { sleep 0.1; command sinorus search --limit 200 --no-pager --color never "
    "--format 'template:{id}\\t{title}\\t{line1}' -- {q}; } 2> /dev/null"
)
"""What is asked at each key; a key that follows ends it while it sleeps."""
_FZF = r"""fzf --disabled --multi --query "$query" --delimiter '\t' --with-nth '2..' \
        --prompt 'sinorus> ' --header 'Enter takes it, Tab marks several, Ctrl-O opens it' \
        --bind "start:reload:$search" --bind "change:reload:$search" \
        --bind 'ctrl-o:execute(command sinorus open {1} < /dev/tty > /dev/tty 2>&1)' \
        --preview 'command sinorus show {1} -C 1 --format rich --color always --no-pager 2>&1' \
        --preview-window 'down,60%,wrap'"""

_FUNCTION = rf"""# The ids of what is picked, a line each: sinorus-find [WORD]...
sinorus-find() {{
    local query="$*" search
    search=$(command cat << 'END'
{_SEARCH}
END
    )
    SHELL=/bin/sh FZF_DEFAULT_COMMAND=: command {_FZF} \
        | command cut -f 1
}}
# Ctrl-X f puts them where the cursor is.
"""
_BASH = r"""__sinorus_find() {
    local one chosen=
    while IFS= read -r one; do
        chosen+=$(printf '%q' "$one")' '
    done < <(sinorus-find)
    READLINE_LINE=${READLINE_LINE:0:READLINE_POINT}$chosen${READLINE_LINE:READLINE_POINT}
    READLINE_POINT=$((READLINE_POINT + ${#chosen}))
}
bind -x '"\C-xf": __sinorus_find'
"""
_ZSH = r"""__sinorus_find() {
    local -a chosen
    chosen=("${(@f)$(sinorus-find < /dev/tty)}")
    chosen=("${(@)chosen:#}")
    (( $#chosen )) && LBUFFER+="${(j: :)${(@q)chosen}} "
    zle reset-prompt
}
zle -N __sinorus_find
bindkey '^Xf' __sinorus_find
"""
_FISH = r"""# The ids of what is picked, a line each: sinorus-find [WORD]...
function sinorus-find
    set -lx SHELL /bin/sh
    set -lx FZF_DEFAULT_COMMAND :
    set -l query "$argv"
    set -l search SEARCH
    command FZF \
        | command cut -f 1
end
# Ctrl-X f puts them where the cursor is.
function __sinorus_find
    for one in (sinorus-find)
        commandline --insert -- (string escape -- $one)' '
    end
    commandline --function repaint
end
bind \cxf __sinorus_find
"""


def _fish() -> str:
    quoted = _SEARCH.replace("\\", "\\\\").replace("'", "\\'")
    return _FISH.replace("SEARCH", f"'{quoted}'").replace("FZF \\", f"{_FZF} \\")


FZF = {"bash": _FUNCTION + _BASH, "zsh": _FUNCTION + _ZSH, "fish": _fish()}
"""A function and a key for fzf, by the names of the shells."""
TELEVISION = r"""# A channel of television, for ~/.config/television/cable/sinorus.toml
[metadata]
name = "sinorus"
description = "Paragraphs of the library; Ctrl-S: its documents"
requirements = ["sinorus"]

[source]
command = [
  '''sinorus search --not-kind heading --limit all --format 'template:{id}\t{title}\t{line1}' ''',
  '''sinorus sources --format 'template:{id}\t{title}\t{date}' ''',
]
display = '{split:\t:1..|join: · }'
output = '{split:\t:0}'

[preview]
command = '''
sinorus show - --format rich --color always --no-pager << 'END OF ID'
{split:\t:0}
END OF ID
'''
shell = "bash"

[keybindings]
ctrl-o = "actions:open"

[actions.open]
description = "Open the source where it stands"
command = '''
sinorus open -- "$(cat << 'END OF ID'
{split:\t:0}
END OF ID
)"
'''
shell = "bash"
mode = "fork"
"""
"""A file for the folder `cable` of television, in the form of its version 0.15."""
