"""What a person can ask for: the commands.

Takes: the command line.
Gives: text for people, or one JSON document, and an exit code: 0 done; 1 something failed, the rest was done;
    2 usage or config error; 75 another mediafeed holds the lock.
Touches: the terminal; everything else by what `assemble` put together.
"""

from mediafeed.cli.root import main

__all__ = ["main"]
