"""The command line (命令行): parses, calls one use case, prints the answer.

Each group of commands is a module of its own, imported only when it is called.
"""

from ziping.cli.root import main, run

__all__ = ["main", "run"]
