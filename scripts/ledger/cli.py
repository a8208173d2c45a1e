"""Facts about China's AI companies in CSV: check, format, build and serve them, and screen names."""

import argparse
import gc
import importlib
import io
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from ledger import commands
from ledger.errors import LedgerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 faults were found, 2 it could not run, 3 names were hit."""
    # A command ends soon and keeps what it reads: looking for garbage among millions of cells would take a third of
    # the time of a large check.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name may be in no character of the terminal's
    options = parser(sys.argv[1:] if arguments is None else arguments).parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except LedgerError as error:
        print(f"ledger {options.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"ledger {options.command}: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has left; Python would complain once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        why = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(f"ledger {options.command}: {why}; mend that, then run it again", file=sys.stderr)
        return 2
    except Exception:
        traceback.print_exc()
        print(f"ledger {options.command}: a fault of the program: please report the lines above", file=sys.stderr)
        return 2
    return code


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Give the parser of the command line: one subcommand for each module of `ledger.commands`.

    A command's module is imported only where `arguments` name it, or name none: `ledger format` need not wait
    for what `ledger check` imports.
    """
    names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
    named = [name for name in names if name in arguments[:1]] or names
    top = argparse.ArgumentParser(prog="ledger", description=__doc__)
    subparsers = top.add_subparsers(dest="command", required=True, metavar="{" + ",".join(names) + "}")
    for name in named:
        module = importlib.import_module(f"ledger.commands.{name}")
        text = module.__doc__ or ""
        command = subparsers.add_parser(
            name,
            help=text.splitlines()[0],
            description=text,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument(
            "--root", type=Path, default=Path(), help="the folder of datapackage.json (default: this one)"
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top
