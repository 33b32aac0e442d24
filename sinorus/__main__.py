"""`python -m sinorus` is the same as `sinorus`."""

import os
import sys


def _without_current_folder() -> None:
    """Takes from the search path what `-m` puts in front of it: it may be a stranger's library.

    Unless it is where this package lies, nothing of ours is to be found there.
    """
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    try:
        here = os.getcwd()  # noqa: PTH109
    except OSError:  # it is gone
        here = ""
    if sys.path and sys.path[0] in ("", here) and sys.path[0] != home:
        del sys.path[0]


_without_current_folder()

from sinorus.cli.main import main  # noqa: E402 - the search path comes first

main()
