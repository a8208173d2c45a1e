"""What a person at a terminal sees of a long command: the step it is at, on stderr, gone when it is done."""

import sys


def tell(step: str = "") -> None:
    """Show a step in the place of the last one; nothing is shown where stderr is no terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{step}", end="", file=sys.stderr, flush=True)
