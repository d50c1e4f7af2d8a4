"""What is told of a file that is not as its own header says."""

from dataclasses import replace

from mediafeed.model.audio import Measurement


def cut(found: Measurement, seconds: float, said: int, there: int, *, who: str = "header") -> Measurement:
    """Tell how much is there of a file whose header tells of more bytes.

    What is not there cannot be heard. It may come yet, if the file is still being written: the tolerance reaches to
    the `seconds` that the header tells of.
    """
    heard = seconds * there / said
    reason = f"its {who} tells of {said} bytes, there are {there}"
    return replace(found, seconds=heard, tolerance=max(found.tolerance, seconds - heard), reason=reason)
