"""`sinorus completion`: what shells and finders read, to complete and to search as one types."""

from __future__ import annotations

import os
import sys
from pathlib import PurePath

import click

from sinorus.cli import options
from sinorus.cli.app import command as make_command

SHELLS = ("bash", "zsh", "fish")


@make_command("completion")
@click.argument("shell", type=options.OneOf(SHELLS), required=False)
@click.option("--fzf", is_flag=True, help="A key and a function that search as you type, in fzf.")
@click.option("--television", is_flag=True, help="A channel of television, the same for any shell.")
@click.pass_context
def command(ctx: click.Context, shell: str | None, fzf: bool, television: bool) -> int:
    """Print the script by which SHELL completes commands, options, and what is in the library.

    \b
    Examples:
      sinorus completion bash >> ~/.bashrc
      sinorus completion zsh  >> ~/.zshrc
      sinorus completion fish > ~/.config/fish/completions/sinorus.fish
      sinorus completion bash --fzf >> ~/.bashrc       Ctrl-X f searches as you type
      sinorus completion --television > ~/.config/television/cable/sinorus.toml
    """
    if television:
        from sinorus.cli.completing.finders import TELEVISION

        if fzf or shell:
            raise click.UsageError("--television prints one file for every shell", ctx)
        sys.stdout.write(TELEVISION)
        return 0
    if shell is None and fzf:
        own = PurePath(os.environ.get("SHELL", "")).name
        shell = own if own in SHELLS else None
    if shell is None:
        wanted = next(one for one in ctx.command.params if one.name == "shell")
        raise click.MissingParameter(ctx=ctx, param=wanted)
    from sinorus.cli.completing.finders import FZF
    from sinorus.cli.completing.scripts import SCRIPTS

    sys.stdout.write((FZF if fzf else SCRIPTS)[shell])
    return 0
