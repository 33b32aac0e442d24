"""`python -m sinorus` is the same as `sinorus`."""

from sinorus.cli.main import main

main()
