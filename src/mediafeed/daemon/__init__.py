"""Say when.

Takes: everything put together, and the clocks.
Gives: visits at their time, and what they brought, published; answers to wishes.
Touches: threads.
"""

from mediafeed.daemon.daemon import Daemon

__all__ = ["Daemon"]
