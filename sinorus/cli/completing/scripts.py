"""The scripts that shells read: each asks the program what may stand for the word at the cursor.

None of them evaluates what comes back. Standard input is the terminal, so that the program knows
which one it is; zsh does not leave it there by itself.
"""

from __future__ import annotations

BASH = r"""_sinorus_completion() {
    local line one
    line=${COMP_LINE:-${COMP_WORDS[*]}}
    line=${line:0:${COMP_POINT:-${#line}}}
    COMPREPLY=()
    while IFS= read -r one; do
        case $one in
            $'\tfile') compopt -o default 2> /dev/null; return ;;
            $'\tdir') compopt -o dirnames 2> /dev/null; return ;;
            *[=/\#]) compopt -o nospace 2> /dev/null ;;
        esac
        COMPREPLY+=("$one")
    done < <(COMP_CURRENT=${2-${COMP_WORDS[COMP_CWORD]}} _SINORUS_COMPLETE=bash \
        command sinorus "$line" 2> /dev/null)
}
complete -o nosort -F _sinorus_completion sinorus
"""

ZSH = r"""#compdef sinorus
_sinorus() {
    local -a lines values shown tight tight_shown
    local one value about
    lines=("${(@f)$(_SINORUS_COMPLETE=zsh command sinorus \
        "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" < "${TTY:-/dev/null}" 2> /dev/null)}")
    for one in "${lines[@]}"; do
        case $one in
            '') continue ;;
            $'\tfile') _files; return ;;
            $'\tdir') _files -/; return ;;
        esac
        value=${one%%$'\t'*}
        about=${one#*$'\t'}
        about=${value}${about:+  -- $about}
        if [[ $value == *[=/\#] ]]; then
            tight+=("$value")
            tight_shown+=("$about")
        else
            values+=("$value")
            shown+=("$about")
        fi
    done
    (( $#values )) && compadd -U -l -V sinorus -d shown -a -- values
    (( $#tight )) && compadd -U -l -V sinorus -S '' -d tight_shown -a -- tight
    (( $#values + $#tight ))
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _sinorus "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _sinorus sinorus
fi
"""

FISH = r"""function __sinorus_complete
    set -l typed (commandline -ct)
    set -l word (string unescape -- "$typed" 2> /dev/null)
    test -n "$word"; or set word "$typed"
    for one in (_SINORUS_COMPLETE=fish command sinorus (commandline -opc) "$word" 2> /dev/null)
        switch $one
            case \t'file'
                __fish_complete_path "$typed"
            case \t'dir'
                __fish_complete_directories "$typed"
            case '*'
                printf '%s\n' $one
        end
    end
end
complete --command sinorus --no-files --keep-order --arguments '(__sinorus_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
"""By the names of the shells."""
