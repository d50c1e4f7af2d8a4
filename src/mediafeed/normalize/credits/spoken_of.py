"""Who is spoken of far more than they speak: those who reign and govern. It takes an outright word to credit them."""

from functools import lru_cache

from mediafeed.normalize.credits.cue import CueKind
from mediafeed.normalize.credits.english import CUES
from mediafeed.normalize.lexicon import renowned, the_dead

_REIGNING = frozenset(("president", "king", "queen", "pope", "emperor", "sultan"))
_KNOWN = frozenset(
    key.strip()
    for key in """
    donald trump, joe biden, barack obama, george bush, bill clinton, ronald reagan, richard nixon, jimmy carter,
    kamala harris, vladimir putin, dmitry medvedev, mikhail gorbachev, boris yeltsin, xi jinping, mao zedong,
    volodymyr zelensky, volodymyr zelenskyy, volodymyr zelenskiy, angela merkel, olaf scholz, friedrich merz,
    emmanuel macron, nicolas sarkozy, boris johnson, theresa may, rishi sunak, keir starmer, liz truss, david cameron,
    tony blair, gordon brown, margaret thatcher, winston churchill, narendra modi, benjamin netanyahu, kim jong un,
    recep tayyip erdogan, justin trudeau, mark carney, shinzo abe, viktor orban, giorgia meloni, ali khamenei,
    bashar al assad, saddam hussein, jair bolsonaro, nicolas maduro, fidel castro, hugo chavez, joseph stalin,
    adolf hitler, muammar gaddafi
    """.replace("\n", " ").split(",")
)
_OUTRIGHT = frozenset(cue.rule for cue in CUES if cue.kind in (CueKind.GUEST, CueKind.IS_GUEST) and not cue.title_only)


def is_spoken_of(key: str) -> bool:
    """Say whether somebody is known to reign or govern a large state, or to have done so within memory.

    >>> is_spoken_of("donald trump"), is_spoken_of("tom varga")
    (True, False)
    """
    return key in _KNOWN


def reigns(honorific: str | None) -> bool:
    """Say whether a title is one of those who reign and govern: presidents of small banks bear it too.

    >>> reigns("President"), reigns("Dr"), reigns(None)
    (True, False, False)
    """
    return bool(honorific and honorific.split()[0].casefold() in _REIGNING)


@lru_cache(maxsize=4096)
def renown(key: str) -> str:
    """Say how somebody is known: of history ("dead"), for ruling ("power"), otherwise, or not at all ("").

    >>> renown("edward gibbon"), renown("elon musk"), renown("ursula von der leyen"), renown("tom varga")
    ('dead', 'famous', 'power', '')
    """
    kind = "power" if key in _KNOWN else renowned().get(key)
    return kind or ("dead" if key in the_dead() else "")


def is_outright(rule: str) -> bool:
    """Say whether a rule names a guest as one: "our guest is", not "talks about"."""
    return rule in _OUTRIGHT
