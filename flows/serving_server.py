"""Prefect's server as a supervised service, with its pages, its schedules and its automations."""

from pathlib import Path

from flows.prefect_server import KEEP_SMALL, QUIET, RECORD_TOGETHER, answers
from flows.supervisor import Service


def server_service(home: Path, host: str, port: int) -> Service:
    """Return a Prefect server that listens at ``host``; its data lie in ``home/prefect``."""
    folder = (home / "prefect").resolve()
    address = api_address(host, port)
    return Service(
        name="prefect",
        arguments=(
            *("uvicorn", "--factory", "prefect.server.api.server:create_app", "--log-level", "warning"),
            *("--host", host, "--port", str(port), "--lifespan", "on", "--timeout-graceful-shutdown", "5"),
        ),
        environment={
            **QUIET,
            **KEEP_SMALL,
            **RECORD_TOGETHER,
            "PREFECT_HOME": str(folder),
            "PREFECT_SERVER_UI_API_URL": address,
            # Where they are put by default nobody may write who runs it as a service.
            "PREFECT_UI_STATIC_DIRECTORY": str(folder / "pages"),
            # By default any page that is open in a browser on this machine could give it orders.
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": address.removesuffix("/api"),
            "PREFECT__SERVER_FINAL": "1",
        },
        log=folder / "server.log",
        is_healthy=lambda: answers(address),
    )


def api_address(host: str, port: int) -> str:
    """Return where a Prefect server that listens at ``host`` answers programs."""
    return f"http://{host}:{port}/api"
