"""`sinorus completion`: a script that completes commands and options."""

from __future__ import annotations

import sys

import click

from sinorus.cli import options
from sinorus.cli.app import command as make_command


@make_command("completion")
@click.argument("shell", type=options.OneOf(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script for SHELL.

    \b
    Examples:
      sinorus completion bash >> ~/.bashrc
      sinorus completion zsh  >> ~/.zshrc
      sinorus completion fish > ~/.config/fish/completions/sinorus.fish
    """
    from click.shell_completion import get_completion_class

    from sinorus.cli.app import sinorus

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"there is no completion for {shell}")
    sys.stdout.write(found(sinorus, {}, "sinorus", "_SINORUS_COMPLETE").source() + "\n")
    return 0
