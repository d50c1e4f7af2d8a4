"""Whether the server is there, and whether what stands behind it is ready: for whoever starts it."""

from collections.abc import Callable

from mediafeed.serve.routes import Answer, Request, Route


def health_routes(want: Callable[[], str]) -> tuple[Route, ...]:
    """Give `/healthz`, which answers while there is a process, and `/readyz`, which asks for a `want`, "" if none.

    Who asks may be anybody: a want names no path and no source.
    """

    def healthy(_: Request) -> Answer:
        return Answer(body=b"ok\n")

    def ready(_: Request) -> Answer:
        lacks = want()
        return Answer(status=503, body=f"not ready: {lacks}\n".encode()) if lacks else Answer(body=b"ok\n")

    return Route(path="/healthz", handler=healthy, quick=True), Route(path="/readyz", handler=ready, quick=True)
