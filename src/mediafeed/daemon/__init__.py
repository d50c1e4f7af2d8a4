"""Say when.

Takes: everything put together, and the clocks.
Gives: visits at their time, and what they brought, published; answers to wishes.
Touches: threads, and the socket of systemd.
"""

from mediafeed.daemon.daemon import Daemon
from mediafeed.daemon.systemd import tell, tell_reloading

__all__ = ["Daemon", "tell", "tell_reloading"]
