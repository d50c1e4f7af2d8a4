"""What must come of the samples: facts of the source files, to hold the demo's result against."""

from dataclasses import dataclass
from datetime import date

EXPECTED_FAILURES = frozenset({"closed-archive"})

# source id -> episodes it tells of, after a corrected address and three shows in one feed are understood
EPISODES_BY_SOURCE = (
    ("rusi-gsb", 25),
    ("geostrategy360", 12),
    ("long-wavelength", 15),
    ("rusi-site", 4),
    ("two-island-notebook", 1),
    ("salt-and-signal", 10),
    ("closed-archive", 0),
)

# title of the show -> episodes, each counted once however many sources tell of it
EPISODES_BY_SHOW = (
    ("RUSI Global Security Briefing", 14),
    ("Bridging the Oceans", 7),
    ("Mind the Gulf", 5),
    ("Geostrategy360°", 12),
    ("Long Wavelength", 15),
    ("Salt & Signal", 10),
)

EPISODES = sum(count for _, count in EPISODES_BY_SHOW)

# (show, number) -> every source that tells of it
MERGED = (
    (("RUSI Global Security Briefing", 33), frozenset({"rusi-gsb", "rusi-site", "two-island-notebook"})),
    (("RUSI Global Security Briefing", 35), frozenset({"rusi-gsb", "rusi-site"})),
    (("Bridging the Oceans", 15), frozenset({"rusi-gsb", "rusi-site"})),
)

# Known from its page alone: it has a page of ours and stands in no RSS.
WITHOUT_AUDIO = (("Mind the Gulf", "Episode 5: The View From Muscat"),)

UNDATED = (("Salt & Signal", "#6 – A Letter From Valparaíso"),)
WITHOUT_GUID = (("Salt & Signal", "#5 – The Bell Founder"),)
DURATION_UNKNOWN = (("Salt & Signal", "#3 – The Interpreter"),)  # its feed says nothing; the audio runs 2,196 s

# title -> how what its audio says fits what its feed says, and the seconds that are published
MEASURED = (
    ("#9 – The Woman Who Listens to Glaciers", "agrees", 2124),
    ("#8 – Tea, Tax & Telegraphs", "differs", 1842),
    ("#7 – Bread and Harbours", "unknown", 2268),
    ("#3 – The Interpreter", "alone", 2196),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedEpisode:
    """What must be known of a real episode in the end."""

    show: str
    title: str
    number: int
    published: date
    seconds: int
    hosts: tuple[str, ...]
    guests: tuple[str, ...]


SEEDS = (
    ExpectedEpisode(
        show="RUSI Global Security Briefing",
        title="Episode 33: How is Japan Rethinking Its Role in International Security?",
        number=33,
        published=date(2022, 9, 21),
        seconds=2880,
        hosts=("Neil Melvin",),
        guests=("Philip Shetler-Jones",),
    ),
    ExpectedEpisode(
        show="Geostrategy360°",
        title="Deepening the British-Japanese relationship",
        number=38,
        published=date(2022, 5, 11),
        seconds=1863,
        hosts=("Viktorija Starych-Samuolienė",),
        guests=("Philip Shetler-Jones",),
    ),
)

# Where the guest of both is heard: there, and on a third show, in an episode that is made up, so that his page has more
# than one of each.
HIS_EPISODES = (*(seed.title for seed in SEEDS), "Bridging the Oceans Episode 9: A Carrier Comes to Visit")

# person -> episodes on which they are a guest, across shows
APPEARANCES_AS_GUEST = (
    ("Philip Shetler-Jones", len(HIS_EPISODES)),
    ("Haruka Minowada", 3),
    ("Oksana Verbytska", 3),
    ("Sølvi Brekkhus", 3),
    ("Wanjiru Kipkemboi", 2),
    ("Guðrún Þorsteinsdóttir", 2),
    ("Arjun Thekkedath", 2),
    ("Kwabena Asante-Mills", 2),
    ("Paweł Święcicki", 2),
    ("Iñaki Etxeberria Luna", 2),
    ("Nimali Weerakkody", 2),
    ("Aigerim Sultanbekova", 2),
)

HOSTS = (
    ("RUSI Global Security Briefing", frozenset({"Neil Melvin"})),
    ("Bridging the Oceans", frozenset({"Ingrid Achterberg"})),
    ("Mind the Gulf", frozenset({"Tobias Ravenhill"})),
    ("Geostrategy360°", frozenset({"Viktorija Starych-Samuolienė"})),
    ("Long Wavelength", frozenset({"Adaeze Nwosu-Hartley", "Veikko Lammi"})),
    ("Salt & Signal", frozenset({"Zoë Castelló"})),
)
PEOPLE = 57  # hosts and guests

WITHOUT_GUEST = (
    ("RUSI Global Security Briefing", "Episode 31: Reading the Strategic Concept"),
    ("RUSI Global Security Briefing", "Trailer"),
    ("Bridging the Oceans", "Bridging the Oceans: Trailer"),
    ("Geostrategy360°", "Bonus: Your questions, answered"),
    ("Geostrategy360°", "Introducing Geostrategy360°"),
    ("Long Wavelength", "Bonus: The Box of Unanswered Mail"),
    ("Long Wavelength", "9: Sand"),
    ("Long Wavelength", "2: The Committee"),
    ("Long Wavelength", "Introducing Long Wavelength"),
    ("Salt & Signal", "#2 – Low Water"),
    ("Salt & Signal", "Trailer"),
)
