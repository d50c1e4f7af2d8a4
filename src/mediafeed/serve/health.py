"""Whether the server is there, and whether what stands behind it is well: for whoever starts it."""

from collections.abc import Callable

from mediafeed.serve.routes import Answer, Request, Route


def health_routes(is_well: Callable[[], bool]) -> tuple[Route, ...]:
    """Give `/healthz`, which answers while there is a process, and `/readyz`, which asks `is_well`."""

    def healthy(_: Request) -> Answer:
        return Answer(body=b"ok\n")

    def ready(_: Request) -> Answer:
        return Answer(body=b"ok\n") if is_well() else Answer(status=503, body=b"not ready\n")

    return Route(path="/healthz", handler=healthy, quick=True), Route(path="/readyz", handler=ready, quick=True)
