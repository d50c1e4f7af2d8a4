"""A title that is a name and a topic ("12: Ann Lee / Far Tea"), where the description has that person speak.

A title alone says who an episode is about as often as who speaks in it: only the same name in the description, beside
words of a conversation that is going on, makes it a guest.
"""

import re

from mediafeed.model.episode import Role
from mediafeed.normalize.credits.cues import Listed
from mediafeed.normalize.credits.known import KnownHosts
from mediafeed.normalize.credits.roles import Claim
from mediafeed.normalize.credits.sketch import NAME, Sketch
from mediafeed.normalize.persons import person_key

_RULE = "title slot, confirmed"
_CONFIDENCE = 0.88
_NUMBERED = r"(?:[\w#.]*\d[\w.]*|(?:episode|ep\.?|special episode|bonus(?: episode)?|interview|part) ?#?\d*)"
_SLOT = re.compile(
    rf"^\W*(?:{_NUMBERED}(?: ?[:|–—.-]+|[)\]]) ?)?(?P<name>{NAME})(?=$| ?[:|/,–—(]| - | on )", re.IGNORECASE
)
_SHOW = r"(?:show|podcast|pod|programme|program|episode)"
# ① is the title's person. Where a biography could be told in the same words, they are not here.
_CONFIRMS = re.compile(
    rf"\b(?:says|explains|argues|tells (?:us|me)),? ① (?:on|in) (?:this|today[’']s) {_SHOW}"
    r"|①(?: \([^()]{1,100}\)|,[^.!?;:]{1,140}?(?:\([^()]{1,100}\))?,?)? joins"
    r" (?:us|me|the (?:show|podcast|hosts?)|② to (?:talk|discuss|chat|explain|explore|share))\b"
    r"|①[^.!?;:]{0,80} (?:talks|chats|opens up) (?:to us|with us|about)\b"
    r"|\b(?:our|my|this) (?:\w+ )?(?:interview|conversation|chat) with ①"
    r"|\b(?:speak|talk|chat|sit down|(?:i|we) (?:spoke|talked|chatted|sat down|caught up)) (?:to|with)"
    r" (?:①|him|her|them)\b"
    rf"|\binvites? (?:①|him|her|them) (?:on|to the {_SHOW})\b",
    re.IGNORECASE,
)
_REACH = 1500


def slot_claims(title: Sketch, description: Sketch, hosts: KnownHosts) -> list[Claim]:
    """Give the claim that the title's person is the guest, or none."""
    slot = _SLOT.match(title.line)
    if not slot:
        return []
    number = title.name_at(slot.start("name"))
    named = title.names[number]
    if named.short or not named.sure or hosts.find(named.name):
        return []
    key = person_key(named.name)
    pairs = zip(description.places, description.names, strict=True)
    same = [place for place, name in pairs if person_key(name.name) == key]
    if not same or not _CONFIRMS.search(_marked(description, frozenset(same))):
        return []
    place = slot.start("name")
    return [Claim(title, Listed(number), Role.GUEST, _RULE, _CONFIDENCE, place, place + 1, (0, len(title.line)))]


def _marked(drawn: Sketch, places: frozenset[int]) -> str:
    letters = list(drawn.line[:_REACH])
    for place in drawn.places:
        if place < len(letters):
            letters[place] = "①" if place in places else "②"
    return "".join(letters)
