"""Why a question brought no answer, on its way up through this room."""

from datetime import datetime

from mediafeed.errors import MediafeedError
from mediafeed.model.source import FailureKind


class NoAnswerError(MediafeedError):
    """There is no answer to use. `Fetcher.get` turns it into a `Failed`; it never leaves this room."""

    def __init__(
        self,
        kind: FailureKind,
        detail: str,
        *,
        status: int | None = None,
        retry_after: datetime | None = None,
    ) -> None:
        self.kind = kind
        self.detail = detail
        self.status = status
        self.retry_after = retry_after
        super().__init__(f"{kind}: {detail}")
