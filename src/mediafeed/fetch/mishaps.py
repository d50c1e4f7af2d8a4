"""What went wrong on the wire, in a few words a person understands."""

import http.client
import ssl

import urllib3

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind


def mishap(error: Exception) -> NoAnswerError:
    """Name what requests, urllib3, http.client, ssl or the socket stumbled over."""
    kind, detail = _named(_innermost(error))
    return NoAnswerError(kind, detail)


def _innermost(error: BaseException) -> BaseException:
    """Unwrap: each library puts the error of the one below into its own."""
    for inner in (*error.args, getattr(error, "reason", None)):
        if isinstance(inner, BaseException) and inner is not error:
            return _innermost(inner)
    return error


def _named(error: BaseException) -> tuple[FailureKind, str]:
    match error:
        case ssl.SSLCertVerificationError():
            return FailureKind.TLS, f"certificate: {error.verify_message or error.reason or 'not valid'}"
        case ssl.SSLError():
            return FailureKind.TLS, str(error.reason or "no TLS").lower().replace("_", " ")
        case TimeoutError() | urllib3.exceptions.TimeoutError():
            return FailureKind.TIMEOUT, "no answer in time"
        case http.client.RemoteDisconnected():
            return FailureKind.BAD_RESPONSE, "the server hung up without an answer"
        case http.client.IncompleteRead() | urllib3.exceptions.IncompleteRead():
            return FailureKind.BAD_RESPONSE, "the body ends in the middle"
        case http.client.BadStatusLine():
            return FailureKind.BAD_RESPONSE, "the server does not speak HTTP"
        case http.client.HTTPException() | urllib3.exceptions.HTTPError():
            return FailureKind.BAD_RESPONSE, "the answer is broken"
        case OSError():
            return FailureKind.BAD_RESPONSE, (error.strerror or "connection lost").lower()
    return FailureKind.BAD_RESPONSE, "the answer is broken"
