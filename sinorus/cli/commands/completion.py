"""`sinorus completion`: a script that completes commands, options and what is in the library."""

from __future__ import annotations

import sys

import click

from sinorus.cli import options
from sinorus.cli.app import command as make_command


@make_command("completion")
@click.argument("shell", type=options.OneOf(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the script by which SHELL completes commands, options, and what is in the library.

    \b
    Examples:
      sinorus completion bash >> ~/.bashrc
      sinorus completion zsh  >> ~/.zshrc
      sinorus completion fish > ~/.config/fish/completions/sinorus.fish
    """
    from sinorus.cli.completing.scripts import SCRIPTS

    sys.stdout.write(SCRIPTS[shell])
    return 0
