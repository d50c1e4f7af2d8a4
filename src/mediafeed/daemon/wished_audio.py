"""Audio that somebody wishes to be measured: asked before what the daemon asks by itself, published, and answered."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from mediafeed.assemble import Mediafeed
from mediafeed.daemon.granting import Granting
from mediafeed.errors import StoppingError
from mediafeed.model.held import WantedAudio
from mediafeed.model.wishes import Wish
from mediafeed.refresh.asking import Errand

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Begun:
    """A wish that is being granted. `left` is what is still to be asked of the episodes that it names."""

    wish: Wish
    left: list[WantedAudio]
    asked: list[str] = field(default_factory=list)


class WishedAudio:
    """One wish after the other; each audio is asked once for it, whatever comes. Used by one thread."""

    def __init__(self, house: Callable[[], Mediafeed], granting: Granting, *, owe: Callable[[], None]) -> None:
        """Take a way to ask for the house of now, who answers, and who hears that something is to be published."""
        self._house = house
        self._granting = granting
        self._owe = owe
        self._begun: _Begun | None = None

    def is_waited_for(self) -> bool:
        """Say whether somebody waits for audio to be measured."""
        return bool(self._begun or self._granting.fresh_audio())

    def errands(self) -> Sequence[Errand]:
        """Give what is to be asked for the oldest wish."""
        wishes = self._granting.fresh_audio()
        if self._begun and self._begun.wish not in wishes:  # it was taken back
            self._begun = None
        if not wishes:
            return ()
        listening = self._house().listening
        if self._begun is None:
            wish = wishes[0]
            self._begun = _Begun(wish, list(listening.named(wish.episodes or ())))
            log.info("wish taken up", extra={"episodes": len(wish.episodes or ())})
        begun = self._begun
        left = begun.left if begun.wish.episodes else listening.wanted()
        if not left:
            self._end(begun)
        return [partial(self._ask, begun, one) for one in left]

    def _ask(self, begun: _Begun, wanted: WantedAudio) -> bool:
        if begun is not self._begun:
            return False
        if begun.wish.episodes:
            begun.left.remove(wanted)
        try:
            answer = self._house().listening.ask(wanted)
        except StoppingError:
            raise
        except Exception:  # who waits is told, and the daemon goes on
            log.exception("measuring failed", extra={"episode": wanted.episode})
            self._begun = None
            self._granting.refuse(begun.wish, f"{wanted.episode}: could not be measured, the daemon's log says why")
            return False
        begun.asked.append(wanted.episode)
        if answer.modified:
            self._owe()
        if begun.wish.episodes and not begun.left:
            self._end(begun)
        return answer.modified

    def _end(self, begun: _Begun) -> None:
        """Let it be answered as soon as what came is published."""
        self._begun = None
        self._granting.take_up(begun.wish, (), (), measured=begun.asked)
