"""What a host's name tells about where it is. Nothing is looked up."""

from __future__ import annotations

import ipaddress

_AT_HOME = (".local", ".lan", ".internal", ".home.arpa", ".svc", ".svc.cluster.local")


def is_this_machine(host: str) -> bool:
    """Whether the name leads to this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_nearby(host: str) -> bool:
    """Whether the name can only be one of this machine or of a private network, where no stranger listens."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_AT_HOME)
