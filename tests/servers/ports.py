"""Where a server may listen."""

import fcntl
import os
import socket
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

PORTS = range(15_000, 32_000)
"""Below those that Linux gives to outgoing connections and to whoever asks for any port: nobody gets one of these
unasked, neither before the server that it is meant for listens nor while that is started again."""
TURN = Path(gettempdir()) / f"etalase-tests-port-{os.getuid()}"
"""What was given last, for all test processes of this machine: two that start a server at once get two ports."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on, and that no other test is given for long."""
    with TURN.open("a+") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        turn.seek(0)
        last = int(turn.read() or PORTS[os.getpid() % len(PORTS)])
        for port in (*range(last + 1, PORTS.stop), *PORTS):
            with suppress(OSError), socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
                turn.truncate(0)
                turn.write(str(port))
                return port
    raise RuntimeError(f"every port of {PORTS} is taken")
