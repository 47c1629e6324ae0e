"""The web application as a supervised service."""

from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flows.prefect_server import QUIET
from flows.supervisor import Service


def web_service(home: Path, host: str, port: int, address: str) -> Service:
    """Return our pages and webhooks at ``host``; they ask the Prefect API at ``address`` for runs."""
    folder = (home / "prefect").resolve()
    ready = f"http://{host}:{port}/readyz"
    return Service(
        name="web",
        arguments=(
            *("uvicorn", "--factory", "web.app:create_app", "--host", host, "--port", str(port)),
            *("--log-level", "warning", "--no-server-header", "--timeout-graceful-shutdown", "5"),
        ),
        environment={**QUIET, "PREFECT_HOME": str(folder), "PREFECT_API_URL": address},
        log=(home / "web.log").resolve(),
        is_healthy=lambda: _is_ready(ready),
    )


def _is_ready(place: str) -> bool:
    try:
        with urlopen(place, timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004  HTTP's OK
    except (URLError, OSError, ValueError):
        return False
