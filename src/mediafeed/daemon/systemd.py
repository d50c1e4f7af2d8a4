"""Tell systemd how we are, where it started us (sd_notify(3)); elsewhere nothing is told."""

import os
import socket
import time
from contextlib import suppress


def tell(*states: str) -> None:
    """Tell one or more states, such as "READY=1". Whoever does not listen costs nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
        out.setblocking(False)  # a full buffer must not hold up a tick
        out.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        out.send("\n".join(states).encode())


def tell_reloading() -> None:
    """Tell that settings are being read anew; READY=1 ends it."""
    tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")
