"""From how far away an address of ours is reached."""

from ipaddress import ip_address

from flows.serving_host import is_loopback


def reaches_far(host: str) -> bool:
    """Return whether somebody outside of this network may reach a host."""
    try:
        return not ip_address(host).is_private
    except ValueError:
        return "." in host and not host.endswith(".local") and not is_loopback(host)
