"""The English rule pack: cues as data. ① stands for a name in a pattern, ② for the letters of names in a class; a cue says what the names beside it are.

Kinds of cue:
  ASKS   the one before asks, the ones behind answer ("① speaks to ①")
  JOINS  the ones before are guests, the ones behind hosts ("① joins ①")
  GUEST  the ones behind are guests ("our guest is ①")
  HOST   the ones behind are hosts ("hosted by ①")
  IS_GUEST  the ones before are guests ("① is our guest")
  IS_HOST   the ones before are hosts ("① hosts")
A cue counts only in a sentence that no veto touches. `confidence` is the share it was right where it was measured.
"""

from dataclasses import dataclass
from enum import StrEnum


class CueKind(StrEnum):
    """What the names around a cue are."""

    ASKS = "asks"
    JOINS = "joins"
    GUEST = "guest"
    HOST = "host"
    IS_GUEST = "is guest"
    IS_HOST = "is host"


@dataclass(frozen=True, slots=True)
class Cue:
    """One way of saying who is who: a regular expression over a sketch, matched without regard to case."""

    rule: str
    kind: CueKind
    pattern: str
    confidence: float = 0.9
    title_only: bool = False


_SHOW = r"(?:show|podcast|pod|programme|program|episode|broadcast)"
_OUR = r"(?:our|my|this week[’']s|today[’']s|this episode[’']s|tonight[’']s|this month[’']s|the)"
_ADVERB = r"(?:(?:also|then|again|once|first|now|finally|recently|today|here|briefly|later|\w+ly) )?"
_GUEST_NOUN = r"(?:special |very special |featured |first |second |final |next |returning |star |fantastic |amazing |latest |expert )*guests?"

CUES = (
    Cue(
        "label: guests",
        CueKind.GUEST,
        rf"(?<![\w-])(?:{_OUR} )?{_GUEST_NOUN}(?:\(s\))?(?: speakers?)?(?: today| this week| on this episode)?\s?(?::|[–—-](?= ))\s*",
        0.97,
    ),
    Cue(
        "label: hosts",
        CueKind.HOST,
        r"(?<![\w-])(?:your |our |episode )?(?:co-?)?(?:hosts?|presenters?|moderators?|interviewers?)(?:\(s\))?\s?:\s*",
        0.97,
    ),
    Cue(
        "hosted by",
        CueKind.HOST,
        r"(?<!who is )(?<!who was )(?:co-?)?(?:hosted|presented|moderated|chaired|anchored|guest-?hosted) by\s+",
        0.95,
    ),
    Cue(
        "your host",
        CueKind.HOST,
        r"(?<![\w-])(?:with |by )?(?:your|our|regular|series|programme|podcast’s|episode) (?:co-?)?hosts?,? (?:is |are )?",
        0.93,
    ),
    Cue(
        "our guest is N",
        CueKind.GUEST,
        rf"(?<![\w-]){_OUR} {_GUEST_NOUN}(?: (?:today|this week|this time|this month|tonight|(?:for|on|in) (?:this|today[’']s|the) (?:week[’']s )?{_SHOW}))?,? (?:is|are|was|include|includes)?,?(?: once again| again)?\s*:?",
        0.95,
    ),
    Cue("guest N", CueKind.GUEST, r"(?<![\w-])(?:special |featured |returning )?guests?,? (?=①)", 0.9),
    Cue(
        "N is our guest",
        CueKind.IS_GUEST,
        rf",? (?:is|are|was|were|as|returns as|join us as) (?:once again |again )?{_OUR} {_GUEST_NOUN}\b",
        0.95,
    ),
    Cue(
        "joined by",
        CueKind.ASKS,
        rf"(?:(?:is|are|was|were|’s|'s|’re|'re|’m|'m|am|be|been) )?{_ADVERB}(?:joined|accompanied) (?:(?:this|today|again|once more|in|on|for|the|studio|episode|week|time|here|live|virtually|remotely) ){{0,4}}(?:again )?by:? ",
        0.95,
    ),
    Cue(
        "speaks to",
        CueKind.ASKS,
        rf"(?<![\w-]){_ADVERB}(?:speaks?|spoke|talks?|talked|chats?|chatted|converses?) {_ADVERB}(?:to|with) ",
        0.93,
    ),
    Cue(
        "sits down with",
        CueKind.ASKS,
        rf"(?<![\w-]){_ADVERB}(?:sits? down|sat down|catch(?:es)? up|caught up|checks? in) (?:[\w ]{{1,30}} )?(?:with|to talk to) ",
        0.93,
    ),
    Cue("interviews", CueKind.ASKS, rf"(?<![\w-])(?<!to ){_ADVERB}(?:interviews|interviewed|quizzes|grills) ", 0.92),
    Cue("I interview", CueKind.ASKS, r"(?<![\w-])(?:I|we) (?:get to )?(?:interview|welcome|host) (?:back )?", 0.92),
    Cue("hears from", CueKind.ASKS, r"(?<![\w-])(?:hears|we hear|hear) from ", 0.85),
    Cue("welcomes", CueKind.ASKS, r"(?<![\w-])(?:welcomes) (?:back )?(?:to the (?:show|podcast) )?", 0.92),
    Cue(
        "in conversation with",
        CueKind.ASKS,
        r"(?<![\w-])(?:is |are |was |joins us )?in (?:conversation|discussion|dialogue) with ",
        0.93,
    ),
    Cue(
        "discusses with",
        CueKind.ASKS,
        r"(?<![\w-])(?:discuss(?:es|ed)?|explores?|examines?|debates?|unpacks?|analyses|analyzes|considers?|dissects?|delves? into|dives? into|reflects? on|looks? at|talks? about)(?: [^.!?;:②]{1,120}?)? with ",
        0.9,
    ),
    Cue(
        "a conversation with",
        CueKind.GUEST,
        r"(?:^|(?<=[.!?:|–—-] )|(?:\b(?:our|my|his|her|this|their) ))(?:an? |the )?(?:[\w-]+ ){0,2}(?:conversation|interview|chat|discussion|talk|q&a|dialogue) with ",
        0.92,
    ),
    Cue("interviewed by", CueKind.IS_GUEST, r",? (?:is|are|was|were) (?:interviewed|quizzed|questioned) by ", 0.9),
    Cue(
        "joins us",
        CueKind.IS_GUEST,
        rf",? (?:who )?(?:will )?{_ADVERB}(?:joins?|joined) (?:us|me|the (?:show|podcast|pod|programme|program|team|conversation|discussion)|in)\b",
        0.95,
    ),
    Cue(
        "joins N",
        CueKind.JOINS,
        r",? (?:who )?(?:will )?(?:(?:also|then|again|\w+ly) )?(?:joins?|joined) (?=(?:co-?hosts? |hosts? |presenters? )?①)",
        0.93,
    ),
    Cue(
        "joins host",
        CueKind.JOINS,
        r",? (?:who )?(?:joins?|joined) (?=(?:[\w’'-]+ ){0,4}(?:co-?)?(?:hosts?|presenters?) ①)",
        0.93,
    ),
    Cue(
        "joins to discuss",
        CueKind.IS_GUEST,
        r",? (?:joins?|returns?|(?:is|are) (?:here|back)(?: again)?|stops? by|drops? by|comes? on)(?: on the \w+)? to (?:discuss|talk|share|explain|explore|break|chat|tell|answer)\b",
        0.92,
    ),
    Cue(
        "returns to the show",
        CueKind.IS_GUEST,
        rf",? (?:(?:is|are) back|returns?|comes? back|appears?|(?:is|are)) (?:to|on|onto) (?:the|this week[’']s|today[’']s) {_SHOW}\b",
        0.9,
    ),
    Cue(
        "title: with N",
        CueKind.GUEST,
        r"(?:(?<=\s)|(?<=^)|(?<=[(\[]))(?:with special guests?|with guests?|with|w/|ft\.?|feat\.?|featuring|interview:|interviewing|meet)\s+(?=①)",
        0.93,
        title_only=True,
    ),
)

# A sentence that one of these touches speaks of another episode, another show, or another time.
VETOES = (
    r"\b(?:next|last|previous|upcoming|coming) (?:week|time|month|episodes?|show|podcast)\b(?![’'])",
    r"\b(?:past|previous|former|upcoming|future|prior|other|recent) guests?\b",
    r"\bguests? (?:have )?(?:included|including|includes|like|such as)\b",
    r"\bin (?:a|the) (?:previous|earlier|last|recent) (?:episode|interview|show)\b",
    r"\bcoming up\b",
    r"\bin (?:an|a) (?:\d{4} |recent |exclusive )?interview with\b",
    r"\b(?:previously|earlier) (?:spoke|talked|interviewed|joined)\b",
)

# A cue does not count behind one of these: "who hosts the podcast", "the host of".
BEFORE_HOST = r"(?:who|which|that|and|formerly|previously|podcast|radio|tv|television|talk show|former)\s+(?:also\s+)?$"

FIRST_PERSON = (
    r"\b(?:I|we|us|me|I’m|I'm|we’re|we're|I’ve|I've)\s*(?:(?:also|then|again|today|are|am|were|was|will|\w+ly)\s*)*$"
)
THIRD_PERSON = r"(?:^|[,;]\s+)(?:and )?(?:he|she|they)\s*(?:(?:also|then|\w+ly)\s*)*$"
