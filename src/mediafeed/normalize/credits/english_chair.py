"""The English rule pack, continued: who sits in the chair of the usual host, which is said in words of its own."""

from mediafeed.normalize.credits.cue import Cue, CueKind

_CHAIR = r"(?:(?:host|presenter|interviewer|moderator)[’']?s?[’']? )?(?:chair|mic|mike|microphone|hosting duties)"
_ON_AIR = r"(?:show|podcast|pod|programme|program|episode|panel|discussion|debate)"
# Of a committee, at a hall: no chair of ours.
_NOT_OURS = rf"(?! (?:of\b(?! (?:the|this|our) {_ON_AIR}\b)|at\b(?! short\b)))"
_EVENT = r"(?:discussion|debate|panel|session|conversation|event)"
_PEOPLE = r"(?:experts?|members?|veterans?|insiders|officials?|staff|leaders|lawyers|judges|scholars|diplomats)"
# "a panel at the UN" with nobody on it, "the session of the Rope Committee", "the presidential debate";
# but not "a debate in the studio", "a panel of EU experts", "our presidential debate".
_EVENT_ELSEWHERE = (
    rf"(?! an? (?:\w+ ){{0,2}}{_EVENT} (?:at|in) (?!(?:front|this|our|which|the studio)\b)"
    r"(?![^.;!?]{0,80}(?:\b(?:with|between|featuring|among|alongside)\b|:)[^.;!?]{0,80}①))"
    rf"(?! (?!our\b|this\b)\w+ (?:\w+ ){{0,2}}{_EVENT} of (?:\w+ ){{0,4}}"
    r"(?:committee|commission|council|board|parliament|congress|senate|assembly|court|inquiry|un|eu|nations)\b"
    rf"(?![’']s\b|(?: \w+)? {_PEOPLE}\b))"
    r"(?! (?!our\b|this\b)\w+ (?:(?:vice-)?presidential|leaders[’']|televised|parliamentary) debates?\b)"
)
# "for Ann Lee", "for the honeymooning host", not "for the Green Party".
_WHOM = (
    r"(?! (?:an?|the|that|this|my|our|his|her|their)\b"
    r"(?! (?:[\w’'-]+ ){0,3}?(?:①|usual|regular|(?:co-?)?(?:hosts?|presenters?|moderators?|colleagues?|boss)\b)))"
)
_NOW = r"(?: (?:today|tonight|this (?:week|time|month|episode)|for (?:this|a|the) \w+))?"

STANDING_IN = (
    Cue(
        rule="sits in for",
        kind=CueKind.IS_HOST,
        words="sits sit sat sitting steps stepping stands stood standing fills fill filling",
        after=r"(?<!who)(?<!that) $",
        then=rf" in(?: (?:this week|today|again))? (?:for\b{_WHOM}|as (?:guest )?host\b|while\b{_WHOM})",
        confidence=0.93,
    ),
    Cue(
        rule="deputises for",
        kind=CueKind.IS_HOST,
        words="deputises deputizes deputising deputizing guest-hosts guest-presents guest-hosting subs subbing",
        then=rf"(?= for\b{_WHOM}|[,.:;]| (?!for\b))",
        confidence=0.93,
    ),
    Cue(
        rule="takes the chair",
        kind=CueKind.IS_HOST,
        words="takes take taking took",
        after=r"(?<!who)(?<!that) $",
        then=rf" (?:(?:over|up) )?(?:(?:in|at|behind) )?"
        rf"(?:(?:the|my|our|his|her|their) |[\w’']+[’']s? )?{_CHAIR}\b{_NOT_OURS}"
        rf"| over (?:as (?:guest )?host\b{_NOT_OURS}|hosting|presenting|the (?:show|podcast|programme|interview)\b)",
        confidence=0.9,
    ),
    Cue(
        rule="minds the shop",
        kind=CueKind.IS_HOST,
        words="minds minding holds holding",
        then=r" the (?:desk|fort|microphone|mic|shop\b(?! (?:of|on|at|in) (?!the (?:show|studio))))\b",
        confidence=0.88,
    ),
    Cue(
        rule="asks the questions",
        kind=CueKind.IS_HOST,
        words="asks asking puts putting",
        then=r" (?:all )?the questions\b"
        r"(?! (?:of|that (?:have|haunt|drive)|nobody|no one|few|others?|every(?:one|body))\b)",
        confidence=0.88,
    ),
    Cue(
        rule="is in the chair",
        kind=CueKind.IS_HOST,
        words="is was sits",
        then=rf" (?:in|behind|at) the {_CHAIR}\b{_NOT_OURS}",
        confidence=0.88,
    ),
    Cue(
        rule="in the chair: N",
        kind=CueKind.HOST,
        words="in behind at",
        after=r"(?:^|[.;,–—-] )$",
        then=rf" (?:the|his|her|their) {_CHAIR}{_NOW}(?:,? (?:is|was)|,? instead of ①,?(?: is)?|:) ",
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
        after=r"(?<!who)(?<!that) $",
        then=r"(?: (?:our|the|a|this week[’']s|today[’']s))? (?:guest|stand-in|substitute|deputy) (?:host|presenter)\b"
        rf"{_NOT_OURS}",
        confidence=0.9,
    ),
    Cue(
        rule="moderates",
        kind=CueKind.IS_HOST,
        words="moderates moderating chairs chairing",
        then=rf"{_EVENT_ELSEWHERE}(?=[,.;:]| (?:the|a|this|our) (?:\w+ ){{0,2}}{_EVENT}\b)",
        confidence=0.9,
    ),
)
