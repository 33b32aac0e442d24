"""Starting another interpreter of the program: the only place that does so.

It runs isolated (`-I`) in the root folder, with the parent's search path: a file in the folder that
the program was called in can never take the place of a module.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

_PATH = "import sys; sys.path[:] = sys.argv[1:]; "


def started(boot: str, handles: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """A process that runs the statements `boot`, with pipes to its standard input and output.

    `handles` are descriptors that it inherits under their numbers. Raises OSError.
    """
    path = [entry for entry in sys.path if os.path.isabs(entry)]  # noqa: PTH117
    # Flags in place of the variables that an isolated interpreter does not read.
    code = _PATH + boot
    flags = [f"-W{option}" for option in sys.warnoptions]
    flags += ["-B"] if sys.dont_write_bytecode else []
    return subprocess.Popen(
        [sys.executable, "-I", "-X", f"utf8={sys.flags.utf8_mode}", *flags, "-c", code, *path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what goes wrong is in the answer
        cwd="/",
        pass_fds=handles,
        # Each process has one core, on which threads of a linear algebra that nobody calls
        # would cost it 30 MB and some milliseconds.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
