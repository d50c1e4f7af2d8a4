"""The English rule pack's coarse word classes: what a word near a name is like, where the word itself was never seen.

A class is a short name; a word has at most one. Endings decide about words that are in no list, so that a verb
nobody thought of is still a verb.
"""

from mediafeed.normalize.lexicon import english, is_somebody
from mediafeed.normalize.name_words import HONORIFICS, INSTITUTION_WORDS, OFFICE_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LISTED = {
    "we": "i we us our my me i'm we're i've we've ours mine let's",
    "you": "you your you'll yours",
    "he": "he she they him them his her their hers theirs he's she's they're himself herself themselves",
    "the": "a an the",
    "this": "this that these those",
    "and": "and & plus",
    "or": "or nor but yet",
    "with": "with alongside",
    "by": "by",
    "to": "to",
    "of": "of",
    "at": "at",
    "on": "on about regarding",
    "for": "for",
    "from": "from",
    "in": "in inside into within",
    "as": "as like than",
    "who": "who whose whom which where when why how what while whether if because",
    "is": "is are was were be been being isn't wasn't",
    "has": "has have had having",
    "will": "will would can could should may might must shall does do did",
    "not": "not no never nobody none without",
    "now": "today tonight now again also recently once always just still then",
    "week": "week weeks month months season fortnight friday monday tuesday wednesday thursday saturday sunday",
    "next": "next last previous previously upcoming coming earlier past former formerly recent",
    "show": "show podcast pod programme program episode episodes series conversation discussion interview chat talk"
    " edition instalment installment special",
    "guest": "guest guests panel panellist panellists panelist panelists speaker speakers interviewee contributors"
    " contributor expert experts",
    "host": "host hosts hosted presenter presenters presented moderator moderators moderated anchor interviewer"
    " cohost cohosts co-host co-hosts co-hosted chaired compere",
    "crew": "producer producers produced production edited editing music theme sound engineer engineered mixed"
    " mixing mastered composer composed artwork design designed recorded narrated narrator written researcher logo"
    " jingle illustration photo transcript soundtrack score mix audio created creator compiled directed"
    " director adapted publisher published technician commissioned translated sponsored",
    "work": "book novel memoir biography film movie album song poem essay article report paper study play painting"
    " documentary monograph bestseller volume chapter letter letters diary speech blog post column newsletter",
    "away": "leave holiday away sick ill poorly absent stands standing stand-in filling fills fill-in"
    " substitute instead unwell holidays vacation maternity paternity off covering deputising deputises",
    "cast": "cast starring stars stars plays played character characters role episode's actor actress",
    "dead": "late died dies death killed murdered murder victim born life legacy trial convicted arrested vanished"
    " disappeared disappearance missing body assassinated executed grave buried ghost suspect case killer detective"
    " century",
    "say": "says said explains explain explained argues argue argued tells tell told describes describe described"
    " discusses discuss discussed reveals shares share shared reflects reflect recalls recall outlines outline"
    " unpacks unpack answers answer makes warns suggests believes thinks insists wonders admits remembers defends"
    " breaks considers examines explores explore traces unpicks offers gives lays sets walks takes guides describes"
    " weighs debates dissects confesses laments",
    "meet": "talks talk talked speaks speak spoke chats chat chatted joins join joined interviews interviewed sits"
    " sit sat welcomes welcome welcomed meets meet met asks ask asked quizzes grills invites invited hosts visits"
    " catches caught hears hear heard drops dropped stops returns return comes back converses speaking talking"
    " chatting joining featuring feat ft w",
}
_CLASSES = {word: name for name, words in reversed(_LISTED.items()) for word in words.split()}
_NOUNS = frozenset(("text", "time", "person"))
# By its last letter: an ending, what it makes of a verb, and what may stand in its place in the plain form.
_FORMS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "s": (("ies", "-s", ("y",)), ("es", "-s", ("", "e")), ("s", "-s", ("",))),
    "d": (("ied", "-ed", ("y",)), ("ed", "-ed", ("", "e"))),
    "g": (("ing", "-ing", ("", "e")),),
    "y": (("ly", "-ly", ()),),
}
_ROLES = _words(
    """
    president minister fellow professor chair head lead ceo cto cfo founder scholar academic critic coach judge
    nurse chef pilot farmer artist star veteran student graduate envoy mp senator mayor queen king prince doctor gp
    colleague friend partner boss wife husband brother sister mother father son daughter correspondent consultant
    accountant surgeon economist activist advocate campaigner resident executive associate assistant official
    general admiral captain colonel poet chemist author writer editor reporter journalist duo pair team
    """
)
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", "–": "–", "—": "–", "-": "–", "|": "|", "/": "|", "•": "•", "·": "•", "*": "•",
    "(": "(", "[": "(", ")": ")", "]": ")", "“": "“", "”": "“", '"': "“", "‘": "“", "’": "“", "'": "“", ".": ".",
    "!": ".", "?": ".", "…": ".", "\n": "¶", "&": "and", "+": "and", "#": "#", "@": "@",
}  # fmt: skip


def word_class(word: str) -> str:
    """Give the class of a token as written.

    >>> [word_class(word) for word in ("talks", "grapples", "historian", "1931", "Rope", "with")]
    ['meet', 'soc-s', 'role', 'year', 'Cap', 'with']
    """
    low = word.lower().replace("’", "'")
    if found := _PUNCTUATION.get(word) or _CLASSES.get(low):
        return found
    if not word[0].isalpha():
        return _number(word)
    capital = word[0].isupper()
    if capital and (low in INSTITUTION_WORDS or low in OFFICE_WORDS):
        return "org"
    if low in _ROLES or low[low.rfind("-") + 1 :].removesuffix("s") in _ROLES or is_somebody(low):
        return "role"
    if capital:
        return "hon" if low in HONORIFICS else "Cap"
    return _by_form(low)


def is_listed(low: str) -> bool:
    """Say whether a word in lower case is in a list of its own."""
    return low in _CLASSES


def _number(word: str) -> str:
    if not word[0].isdigit():
        return "?"
    return "year" if len(word) == 4 and word.isdigit() and "1000" <= word <= "2100" else "num"


def _by_form(low: str) -> str:
    """Give what a verb is about and its form ("com-s": says), or a word's ending alone."""
    lexicon = english()
    for ending, name, stems in _FORMS.get(low[-1], ()):
        if len(low) > len(ending) + 2 and low.endswith(ending):
            stem = low[: -len(ending)]
            tried = [stem + more for more in stems]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                tried.append(stem[:-1])
            for candidate in tried:
                if found := lexicon.get(candidate):
                    return found if found in _NOUNS else f"{found}{name}"
            return name
    found = lexicon.get(low)
    return found or "word"
