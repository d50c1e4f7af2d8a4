"""Credits as a whole: the acceptance sentences, authority, evidence."""

from mediafeed.model.episode import CreditOrigin, Role
from mediafeed.model.parsed import Element
from mediafeed.normalize.credits.extract import Facts, ShowFacts, credits_for

NOTHING_KNOWN = ShowFacts(title="")


def person(name: str, role: str = "", **attributes: str) -> Element:
    pairs = (("role", role),) if role else ()
    return Element("podcast:person", name, (*pairs, *attributes.items()))


def roles(credits_given) -> dict[str, str]:
    return {credit.name: str(credit.role) for credit in credits_given}


def test_the_guest_who_discusses_with_somebody_makes_that_somebody_the_host():
    text = (
        "Dr Philip Shetler-Jones, who follows Tokyo’s defence policy, is our guest for this episode. "
        "He discusses with Dr Neil Melvin, Director of International Security at the Institute, what has changed."
    )

    found = credits_for(Facts(title="Is Japan Rethinking Its Role?", description=text), NOTHING_KNOWN)

    assert roles(found) == {"Philip Shetler-Jones": "guest", "Neil Melvin": "host"}


def test_an_affiliation_ends_before_what_is_talked_about():
    text = (
        "Iris Bello discusses with Dr Ada Quill, Director, Tide Studies at the Rope Board, how the harbour is changing."
    )

    (host,) = [one for one in credits_for(Facts(title="", description=text), NOTHING_KNOWN) if one.name == "Ada Quill"]

    assert host.affiliation == "Director, Tide Studies at the Rope Board"


def test_who_speaks_to_somebody_hosts():
    text = "In the thirty-eighth episode, Viktorija Starych-Samuolienė speaks to Dr Philip Shetler-Jones about ships."

    found = credits_for(Facts(title="Two islands", description=text), NOTHING_KNOWN)

    assert roles(found) == {"Viktorija Starych-Samuolienė": "host", "Philip Shetler-Jones": "guest"}


def test_a_credit_keeps_honorific_affiliation_and_the_words_it_stands_on():
    text = "A short note first. Our guest is Professor Tom Varga, Director of the Rope Institute. More below."

    (credit,) = credits_for(Facts(title="", description=text), NOTHING_KNOWN)

    assert (credit.honorific, credit.affiliation) == ("Professor", "Director of the Rope Institute")
    assert credit.origin is CreditOrigin.TEXT
    assert credit.evidence.field == "description"
    assert text[credit.evidence.start : credit.evidence.end] == "Our guest is Professor Tom Varga"
    assert credit.evidence.quote == "Our guest is Professor Tom Varga, Director of the Rope Institute."


def test_tags_of_the_item_silence_those_of_the_channel():
    facts = Facts(title="", description="", persons=(person("Iris Bello", "host"),))
    show = ShowFacts(title="", persons=(person("Ada Quill", "host"),))

    assert roles(credits_for(facts, show)) == {"Iris Bello": "host"}


def test_hosts_of_the_channel_are_restated_where_the_item_has_no_tags():
    show = ShowFacts(title="", persons=(person("Ada Quill"),))

    (credit,) = credits_for(Facts(title="", description=""), show)

    assert (credit.name, credit.role, credit.origin) == ("Ada Quill", Role.HOST, CreditOrigin.CHANNEL)


def test_words_add_the_guest_whom_the_publisher_forgot_to_tag():
    facts = Facts(title="", description="Ada Quill speaks to Tom Varga.", persons=(person("Ada Quill", "host"),))

    assert roles(credits_for(facts, NOTHING_KNOWN)) == {"Ada Quill": "host", "Tom Varga": "guest"}


def test_a_role_outside_the_cast_gives_no_credit():
    tags = (
        person("Gus Hale", "producer"),
        person("Mia Stroud", "editor", group="audio post-production"),
        person("Rolf Tanner", "host", group="visuals"),
        person("Tom Varga", "Guest", href="https://varga.example", img="https://varga.example/i.png"),
    )

    (credit,) = credits_for(Facts(title="", description="", persons=tags), NOTHING_KNOWN)

    assert (credit.name, credit.href, credit.image) == (
        "Tom Varga",
        "https://varga.example",
        "https://varga.example/i.png",
    )


def test_an_author_who_is_a_person_hosts_only_where_nobody_else_is_known_to():
    author = ShowFacts(title="Rope Hour", author="pod@rope.example (Ada Quill)")
    configured = ShowFacts(title="Rope Hour", author="Ada Quill", hosts=("Iris Bello",))
    company = ShowFacts(title="Rope Hour", author="Harbour Media Group")
    episode = Facts(title="Knots", description="")

    (credit,) = credits_for(episode, author)

    assert (credit.name, credit.origin) == ("Ada Quill", CreditOrigin.AUTHOR)
    assert credit.confidence < 0.7
    assert roles(credits_for(episode, configured)) == {"Iris Bello": "host"}
    assert credits_for(episode, company) == ()


def test_a_host_from_the_pool_counts_only_where_the_episode_names_them():
    show = ShowFacts(title="Rope Hour", host_pool=("Ada Quill", "Iris Bello"))

    named = credits_for(Facts(title="", description="Tom Varga talks to Iris Bello."), show)
    unnamed = credits_for(Facts(title="", description="A talk about rope."), show)

    assert roles(named) == {"Tom Varga": "guest", "Iris Bello": "host"}
    assert unnamed == ()


def test_a_host_from_the_pool_does_not_host_beside_another_unless_named():
    told = "A monthly talk about rope, hosted by Ada Quill. This feed carries two other series."
    show = ShowFacts(title="Rope at Sea", description=told, host_pool=("Ada Quill",))

    found = credits_for(Facts(title="", description="In our first episode Iris Bello speaks to Tom Varga."), show)

    assert "Ada Quill" not in roles(found)


def test_whoever_asks_in_place_of_the_declared_host_is_a_guest_host():
    show = ShowFacts(title="Rope Hour", hosts=("Ada Quill",))

    found = credits_for(Facts(title="", description="Iris Bello speaks to Tom Varga."), show)

    assert roles(found) == {"Ada Quill": "host", "Iris Bello": "guest host", "Tom Varga": "guest"}


def test_two_guests_of_one_surname_are_two_however_alike_their_first_names():
    tags = (person("Paul Berg", "guest"), person("Paula Berg", "guest"), person("Mary Anne Holm", "guest"))

    tagged = credits_for(Facts(title="", description="", persons=tags), NOTHING_KNOWN)
    told = credits_for(Facts(title="", description="Ada Quill speaks to Dan Costa and Daniela Costa."), NOTHING_KNOWN)

    assert roles(tagged) == {"Paul Berg": "guest", "Paula Berg": "guest", "Mary Anne Holm": "guest"}
    assert roles(told) == {"Ada Quill": "host", "Dan Costa": "guest", "Daniela Costa": "guest"}


def test_a_tag_and_the_words_may_write_one_person_in_two_ways():
    tags = (person("Jennifer Cole", "guest"), person("Mary Holm", "guest"))
    text = "Ada Quill speaks to Jen Cole and Mary Jane Holm."

    found = credits_for(Facts(title="", description=text, persons=tags), NOTHING_KNOWN)

    assert roles(found) == {"Jennifer Cole": "guest", "Mary Holm": "guest", "Ada Quill": "host"}


def test_a_person_is_credited_once_however_often_the_words_say_so():
    text = "Our guest is Tom Varga. Ada Quill talks to Tom Varga.\nGuest: Tom J. Varga"

    found = credits_for(Facts(title="Rope, with Tom Varga", description=text), NOTHING_KNOWN)

    assert roles(found) == {"Tom J. Varga": "guest", "Ada Quill": "host"}


def test_contributor_cards_and_creators_claim_no_role():
    facts = Facts(
        title="", description="", cards=("Tom Varga",), contributors=(Element("atom:contributor", "Tom Varga"),)
    )

    assert credits_for(facts, NOTHING_KNOWN) == ()


def test_no_text_of_a_stranger_raises():
    for text in (
        "",
        "\ue000 joins us",
        "Guest: " * 5000,
        "Ann Lee, " * 5000,
        "İ" * 300 + " Ann Lee joins us",
        "\ud800 Ann Lee",
    ):
        credits_for(Facts(title=text, description=text), ShowFacts(title=text, author=text, description=text))
