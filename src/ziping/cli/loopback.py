"""A network namespace in which there is nothing but this process and its children (断网环境).

`python -m ziping.cli.loopback COMMAND...` runs a command in one, for instance the test suite.
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000
_GET_FLAGS, _SET_FLAGS = 0x8913, 0x8914
_UP = 1
_REQUEST = "16sh14x"


def leave_all_networks() -> bool:
    """Move this process where only loopback exists; False where the system does not permit it.

    Call it before any thread is started: the system moves a whole process only.
    """
    if not sys.platform.startswith("linux"):
        return False
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0:
        if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
            return False
        # Oneself stays oneself: a database server, for instance, refuses to run as root.
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    _raise_loopback()
    return True


def _raise_loopback() -> None:
    """Switch loopback on; a new namespace begins with it off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack(_REQUEST, b"lo", 0)
        _, flags = struct.unpack(_REQUEST, fcntl.ioctl(control, _GET_FLAGS, asked))
        fcntl.ioctl(control, _SET_FLAGS, struct.pack(_REQUEST, b"lo", flags | _UP))


def main() -> None:
    """Become the command given, without any network."""
    if not leave_all_networks():
        sys.exit("本机不允许建立断网环境（网络命名空间）。")
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the caller's own command, no shell


if __name__ == "__main__":
    main()
