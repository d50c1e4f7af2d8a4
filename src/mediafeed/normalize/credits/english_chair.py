"""The English rule pack, continued: who sits in the chair of the usual host, which is said in words of its own."""

from mediafeed.normalize.credits.cue import Cue, CueKind

_CHAIR = r"(?:(?:host|presenter|interviewer|moderator)[’']?s?[’']? )?(?:chair|mic|mike|microphone|hosting duties)"
_NOW = r"(?: (?:today|tonight|this (?:week|time|month|episode)|for (?:this|a|the) \w+))?"

STANDING_IN = (
    Cue(
        rule="sits in for",
        kind=CueKind.IS_HOST,
        words="sits sit sat sitting steps stepping stands stood standing fills fill filling",
        after=r"(?<!who)(?<!that) $",
        then=r" in(?: (?:this week|today|again))? (?:for\b(?! the (?:first|last|next)\b)|as (?:guest )?host\b|while\b)",
        confidence=0.93,
    ),
    Cue(
        rule="deputises for",
        kind=CueKind.IS_HOST,
        words="deputises deputizes deputising deputizing guest-hosts guest-presents guest-hosting subs subbing",
        then=r"(?= for\b|[ ,.:;])",
        confidence=0.93,
    ),
    Cue(
        rule="takes the chair",
        kind=CueKind.IS_HOST,
        words="takes take taking took",
        after=r"(?<!who)(?<!that) $",
        then=rf" (?:(?:over|up) )?(?:(?:in|at|behind) )?(?:the |[\w’']+[’']s? )?{_CHAIR}\b"
        r"| over (?:as (?:guest )?host|hosting|presenting|the (?:show|podcast|programme|interview)\b)",
        confidence=0.9,
    ),
    Cue(
        rule="minds the shop",
        kind=CueKind.IS_HOST,
        words="minds minding holds holding",
        then=r" the (?:desk|shop|fort|microphone|mic)\b",
        confidence=0.88,
    ),
    Cue(
        rule="asks the questions",
        kind=CueKind.IS_HOST,
        words="asks asking puts putting",
        then=r" (?:all )?the questions\b(?! (?:of|that (?:have|haunt|drive)))",
        confidence=0.88,
    ),
    Cue(
        rule="is in the chair",
        kind=CueKind.IS_HOST,
        words="is was sits",
        then=rf" (?:in|behind|at) the {_CHAIR}\b",
        confidence=0.88,
    ),
    Cue(
        rule="in the chair: N",
        kind=CueKind.HOST,
        words="in behind at",
        after=r"(?:^|[.;,–—-] )$",
        then=rf" the {_CHAIR}{_NOW}(?:,? (?:is|was)|,? instead of ①,?(?: is)?|:) ",
        confidence=0.9,
    ),
    Cue(
        rule="guest host N",
        kind=CueKind.HOST,
        words="guest stand-in substitute",
        then=r"[ -](?:co-?)?(?:host|presenter|moderator)s?,?:? (?=①)",
        confidence=0.95,
    ),
    Cue(
        rule="N is guest host",
        kind=CueKind.IS_HOST,
        words="as is our",
        then=r"(?: (?:our|the|a|this week[’']s|today[’']s))? (?:guest|stand-in|substitute|deputy) (?:host|presenter)\b",
        confidence=0.9,
    ),
    Cue(
        rule="moderates",
        kind=CueKind.IS_HOST,
        words="moderates moderating chairs chairing",
        then=r"(?=[,.;:]| (?:the|a|this|our) (?:\w+ ){0,2}(?:discussion|debate|panel|session|conversation|event)\b)",
        confidence=0.9,
    ),
)
