"""The English rule pack: cues as data. A cue says what the names beside it are.

A cue starts at one of its `words`; `then` is a regular expression for what follows, `after` one for what must stand
before. They are matched against a sketch in lower case, in which ① stands for a name (② in a class: for the letters
that stand for names). `confidence` is near the share it was right where it was measured.
"""

from mediafeed.normalize.credits.cue import Cue, CueKind
from mediafeed.normalize.credits.english_chair import STANDING_IN

_SHOW = r"(?:show|podcast|pod|programme|program|episode|broadcast)"
_OUR_WORDS = "our my this today today’s today's tonight’s tonight's the"
_REST_OF_OUR = r"(?: (?:week|month|episode|time)(?:[’']s)?)?"
_GUEST = (
    r"(?:(?:very|special|featured|first|second|final|next|returning|star|fantastic|amazing|latest|expert) ){0,2}guests?"
    r"(?! (?:co-?)?(?:hosts?|presenters?|narrators?|editors?|mix|mixes|dj)\b)"
)
_WHEN = (
    r"(?: (?:today|this week|this time|this month|tonight|"
    rf"(?:for|on|in) (?:this|today[’']s|the) (?:week[’']s )?{_SHOW}))?"
)
_ALONE = r"^\W{0,3}①(?: [–—-]|,|:) $|^\W{0,3}① \($"
_ENDS = r"\)?(?=\s*(?:\n|$))"  # "① – Host": a line that says no more
# "joins the show of force", "the team of negotiators", "in spirit": nobody is here. "The discussion of tides" is one.
_NOT_HERE = (
    r"(?!(?<!us)(?<!me)(?<!conversation)(?<!discussion) of (?!(?:the|this|our|my|course|(?:co-?)?hosts|presenters)\b)"
    r"| trials?\b| (?:(?:only|just) )?in (?:spirit(?! and in person)|name only)\b"
    r"| in (?:our|my) (?:thoughts|prayers|hearts?|minds?|memory)\b| from (?:beyond )?the grave\b)"
)
# "N joins N in calling for an election", "on stage": what they do is told, not that they talk here.
_ELSEWHERE = (
    r"(?![^.;:!?]{0,60} (?:on stage|at (?:a|the) rally|in (?:call|condemn|urg|demand|oppos|back|support)\w*ing)\b)"
)
_ADVERB = r"(?: (?:also|again|once again|today|recently|\w+ly))?"

CUES = (
    *STANDING_IN,
    Cue(
        rule="label: guests",
        kind=CueKind.GUEST,
        words="guest guests",
        then=r"(?:\(s\))?(?: speakers?)?(?: today| this week| on this episode)?\s?(?::|[–—-](?= ))\s*",
        confidence=0.97,
        label=True,
    ),
    Cue(
        rule="label: hosts",
        kind=CueKind.HOST,
        words="host hosts presenter presenters moderator moderators interviewer interviewers cohost cohosts co-host "
        "co-hosts",
        then=r"(?:\(s\))?\s?:\s*",
        confidence=0.97,
        label=True,
    ),
    Cue(
        rule="N – host",
        kind=CueKind.IS_HOST,
        words="host co-host cohost",
        after=_ALONE,
        then=_ENDS,
        confidence=0.95,
        label=True,
    ),
    Cue(rule="N – guest", kind=CueKind.IS_GUEST, words="guest", after=_ALONE, then=_ENDS, label=True),
    Cue(
        rule="hosted by",
        kind=CueKind.HOST,
        words="hosted presented moderated chaired anchored co-hosted guest-hosted",
        then=r" by:?\s+",
        confidence=0.95,
    ),
    Cue(
        rule="your host",
        kind=CueKind.HOST,
        words="your our regular series programme episode",
        then=r" (?:co-?)?hosts?,? (?:is |are )?",
        confidence=0.93,
    ),
    Cue(rule="N hosts N", kind=CueKind.ASKS, words="hosts", after="① $", then=" ", confidence=0.9),
    Cue(
        rule="host N",
        kind=CueKind.HOST,
        words="host hosts co-host co-hosts cohost cohosts",
        then=r" (?=①)",
        confidence=0.9,
    ),
    Cue(
        rule="our guest is N",
        kind=CueKind.GUEST,
        words=_OUR_WORDS,
        then=rf"{_REST_OF_OUR} {_GUEST}{_WHEN},? (?:is|are|was|include|includes)?,?(?: once again| again)?:?\s*",
        confidence=0.95,
    ),
    Cue(
        rule="guest N",
        kind=CueKind.GUEST,
        words="guest guests",
        then=r",? (?=①)",
        confidence=0.9,
    ),
    Cue(
        rule="N is our guest",
        kind=CueKind.IS_GUEST,
        words="is are was were as returns",
        then=rf"(?: as)?(?: once again| again)? (?:{'|'.join(_OUR_WORDS.split())}){_REST_OF_OUR} {_GUEST}\b",
        confidence=0.95,
    ),
    Cue(
        rule="joined by",
        kind=CueKind.ASKS,
        words="joined accompanied",
        then=r"(?: (?:this|today|again|once|more|in|on|for|the|studio|episode|week|time|here|live|remotely)){0,4}"
        r" by:? ",
        confidence=0.95,
    ),
    Cue(
        rule="speaks to",
        kind=CueKind.ASKS,
        words="speaks speak spoke talks talk talked chats chat chatted converses",
        then=rf"{_ADVERB} (?:to|with) ",
        confidence=0.93,
    ),
    Cue(
        rule="is talking to",
        kind=CueKind.ASKS,
        words="talking speaking chatting",
        after=r"(?:\b(?:is|are|am|by)|[’'](?:re|m|s)) $",
        then=r" (?:to|with) ",
        confidence=0.92,
    ),
    Cue(
        rule="sits down with",
        kind=CueKind.ASKS,
        words="sits sit sat catches catch caught checks",
        then=r" (?:down|up|in) (?:[\w ]{1,30} )?(?:with|to talk to) ",
        confidence=0.93,
    ),
    Cue(
        rule="interviews",
        kind=CueKind.ASKS,
        words="interviews interviewed quizzes grills",
        then=r" (?!by\b|with\b|have\b|has\b|include)",
        confidence=0.92,
    ),
    Cue(
        rule="I interview",
        kind=CueKind.ASKS,
        words="interview welcome host",
        after=r"\b(?:i|we) (?:get to )?$",
        then=r" (?:back )?",
        confidence=0.92,
    ),
    Cue(rule="hears from", kind=CueKind.ASKS, words="hears hear", then=" from ", confidence=0.85),
    Cue(
        rule="welcomes",
        kind=CueKind.ASKS,
        words="welcomes",
        then=r" (?:back )?(?:to the (?:show|podcast) )?",
        confidence=0.92,
    ),
    Cue(
        rule="in conversation with",
        kind=CueKind.ASKS,
        words="in",
        then=r" (?:conversation|discussion|dialogue) with ",
        confidence=0.93,
    ),
    Cue(
        rule="discusses with",
        kind=CueKind.ASKS,
        words="discusses discuss discussed explores explore examines debates unpacks analyses analyzes considers "
        "dissects delves dives reflects looks talks",
        then=r"(?: [^.!?;:②]{1,120}?)? with (?=[^.!?;:,②]{0,60}①)",
        confidence=0.9,
    ),
    Cue(
        rule="a conversation with",
        kind=CueKind.GUEST,
        words="conversation interview chat discussion talk q&a dialogue",
        after=r"(?:^|[.!?:|–—-] |\b(?:our|my|his|her|this|their) )(?:an? |the )?(?:[a-z-]+ ){0,2}$",
        then=r" with ",
        confidence=0.92,
    ),
    Cue(
        rule="interviewed by",
        kind=CueKind.IS_GUEST,
        words="interviewed quizzed questioned",
        after=r"\b(?:is|are|was|were) $",
        then=r" by ",
        confidence=0.9,
    ),
    Cue(
        rule="joins us",
        kind=CueKind.IS_GUEST,
        words="joins join joined",
        then=r" (?:us|me|the (?:show|podcast|pod|programme|program|team|conversation|discussion))\b"
        + _NOT_HERE
        + r"(?! to (?:help )?(?:interview|quiz|grill)\b)",
        confidence=0.95,
    ),
    Cue(
        rule="joins N",
        kind=CueKind.JOINS,
        words="joins join joined",
        then=rf"{_ELSEWHERE} (?=(?:[\w’'-]+ ){{0,4}}?(?:co-?)?(?:hosts?|presenters?) ①|①)",
        confidence=0.93,
    ),
    Cue(
        rule="joining N is N",
        kind=CueKind.GUEST,
        words="joining",
        then=r" (?:me|us|(?:(?:co-?)?hosts? )?①(?:(?:,| and) ①)?)(?: [^.;:!?②]{1,60})? (?:is|are|was|were) ",
        confidence=0.93,
    ),
    Cue(
        rule="joins first names",
        kind=CueKind.IS_GUEST,
        words="joins join joined",
        then=r" \w+(?:(?:,| and| &) \w+){0,2}"
        r" (?:(?:for|on|in) (?:this|the|an?|today)|to (?:discuss|talk|share|explain|explore|break|chat|tell|unpack))\b",
        confidence=0.9,
        capitals=True,
    ),
    Cue(
        rule="joins to discuss",
        kind=CueKind.IS_GUEST,
        words="joins join returns return here back comes come",
        then=r"(?: again)?(?: on the \w+)? to (?:discuss|talk|share|explain|explore|break|chat|tell|answer)\b",
        confidence=0.92,
    ),
    Cue(
        rule="returns to the show",
        kind=CueKind.IS_GUEST,
        words="returns return comes back appears",
        then=rf"(?: back)? (?:to|on|onto) (?:the|this week[’']s|today[’']s) {_SHOW}\b{_NOT_HERE}",
        confidence=0.9,
    ),
    Cue(
        rule="drops in",
        kind=CueKind.IS_GUEST,
        words="drops dropped stops stopped",
        then=r" (?:by|in(?! on (?!us\b|the (?:show|podcast|programme)\b)))\b",
        confidence=0.88,
    ),
    Cue(
        rule="experts: N",
        kind=CueKind.GUEST,
        words="experts panellists panelists panel guests lineup line-up",
        then=r"(?: [^.;:!?②]{1,60})?: ",
        confidence=0.88,
    ),
    Cue(rule="featuring N", kind=CueKind.GUEST, words="featuring", after=r"^\W*$", then=":? ", confidence=0.88),
    Cue(
        rule="N explains",
        kind=CueKind.EXPLAINS,
        words="discusses explains explores describes shares reflects unpacks analyses analyzes outlines",
        then=r" (?!with\b)[^.②]{1,80}(?! with ①)",
        confidence=0.86,
    ),
    Cue(
        rule="N talks about",
        kind=CueKind.EXPLAINS,
        words="talks goes tells guides walks takes",
        then=r" (?:about|through|over|us)\b",
        confidence=0.86,
    ),
    Cue(
        rule="host, any verb, N",
        kind=CueKind.HOST_ASKS,
        words="with to by",
        after=r"①(?:,? (?!about\b|on\b|of\b|how\b|why\b)[a-z’'-]+){1,8} $",
        then=" ",
        confidence=0.88,
    ),
    Cue(
        rule="title: with N",
        kind=CueKind.GUEST,
        words="with w ft feat featuring interview interviewing",
        then=r"[./:]? ?(?:special )?(?:guests? )?(?=①)",
        confidence=0.93,
        title_only=True,
    ),
)

# Said of the past, with a name for a subject, these tell a story rather than an episode: "Ann Lee interviewed Bo Kim".
BASE_FORMS = frozenset(("speak", "talk", "chat", "sit", "catch", "discuss", "explore"))
"""With one name for a subject these are nouns: "Ann Lee Talk with Bo Kim"."""

PAST = frozenset(("spoke", "talked", "chatted", "interviewed", "joined", "discussed", "sat", "caught"))

# A sentence that one of these touches speaks of another episode, another show, or another time.
VETOES = (
    r"\b(?:next|last|previous|upcoming|coming) (?:week|time|month|episodes?|show|podcast)\b(?![’'])",
    r"\b(?:(?:last|previous) (?:week|month|time|episode)|ep(?:isode|\.)? ?\d+)[’']s guests?\b",
    r"\b(?:past|last|previous|former|upcoming|future|prior|other|recent) guests?\b",
    r"\bguests? (?:have )?(?:included|including|includes|like|such as)\b",
    r"\bin (?:a|the) (?:previous|earlier|last|recent) (?:episode|interview|show)\b",
    r"\bcoming up\b|\bguests? (?:of|for|in|on) (?:\w+ ){0,2}(?:season|series|year)\b[^.!?]{0,20} (?:will|to) be\b",
    r"\bin (?:an|a) (?:\d{4} |recent |exclusive )?interview with\b",
    r"\b(?:previously|earlier) (?:spoke|talked|interviewed|joined)\b",
    r"\bhave you heard (?:our|my)\b|\bif you(?:[’']ve)? (?:\w+ )?(?:enjoyed|liked|loved|missed)\b",
    r"\b(?:had|have) (?:been hoping|hoped) to (?:be|have|speak|talk)\b",
    r"\b(?:joined|guests?|with|welcomes?)\b[^.!?]{0,20}\b(?:umm?|nobody|no one)\b",
)

# Who is named behind one of these, in its sentence, speaks at another time, however surely they speak.
OTHER_TIMES = (
    r"(?:^|[,;:.–—-] )(?:(?:and|but|on|tune in|stay tuned|coming up) )?"
    r"(?:last|next) (?:week|month|time|episode|season)\b(?![’'])"
    r"|\b(?:last|next|previous) (?:week|month|time|episode)[’']s? (?:guests?|episode|show)\b"
    r"|\b(?:past|last|previous|former|upcoming|future|prior|recent) guests?\b"
    r"|\bguests? (?:have )?(?:included|includes)\b"
    r"|\bin (?:a|an|the) (?:previous|earlier|last) (?:episode|interview|show)\b"
    r"|\bwho (?:also )?(?:co-?)?(?:hosts|presents) [^.,;:]{2,40} with\b"
)

# A host's cue does not count behind one of these: "who hosts the podcast", "podcast host N".
BEFORE_HOST = (
    r"(?:(?:who|which|that|\band|formerly|previously|podcast|radio|tv|television|talk show|show|former|the|late-night"
    r"|guest|not|also|series|podcast[\"”’'])\s+(?:also\s+)?(?:is |was |are )?|guest-|[-])$"
)

FIRST_PERSON = (
    r"\b(?:i|we|us|me|i[’']m|we[’']re|i[’']ve|we[’']ve)\s*"
    r"(?:(?:also|then|again|today|are|am|were|was|will|get to|start by|\w+ly)\s*)*$"
)
THIRD_PERSON = r"(?:^|[,;]\s+)(?:and )?(?:he|she|they)\s*(?:(?:also|then|\w+ly)\s*)*$"

# Small words that tell English from its neighbours, where nobody says what language a text is in.
ENGLISH_WORDS = frozenset(
    (
        "the",
        "and",
        "of",
        "to",
        "with",
        "is",
        "for",
        "this",
        "that",
        "how",
        "we",
        "by",
        "from",
        "his",
        "her",
        "their",
        "are",
    )
)
OTHER_WORDS = frozenset(
    (
        "der",
        "die",
        "und",
        "das",
        "ist",
        "mit",
        "ein",
        "eine",
        "für",
        "von",
        "le",
        "la",
        "les",
        "des",
        "et",
        "est",
        "un",
        "une",
        "pour",
        "avec",
        "el",
        "los",
        "las",
        "que",
        "con",
        "por",
        "una",
        "il",
        "di",
        "che",
        "per",
        "não",
        "uma",
        "com",
        "em",
        "het",
        "een",
        "van",
        "en",
        "på",
        "och",
        "att",
        "är",
        "med",
    )
)
