"""The way of a redirect, judged before it is gone."""

import pytest

from mediafeed.fetch.address import read_address
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.guard import Door
from mediafeed.fetch.hop import Hop, Question
from mediafeed.model.source import FailureKind, Validators

PUBLIC = Door(host="podcast.example", port=443, addresses=("8.8.8.8",), inside=False)
OURS = Door(host="home.example", port=443, addresses=("10.1.2.3",), inside=True)
TLS = Hop(address=read_address("https://podcast.example/feed"))


@pytest.mark.parametrize(
    ("left", "location", "reached", "refused"),
    [
        (PUBLIC, "https://other.example/", PUBLIC, ""),
        (PUBLIC, "http://other.example/", PUBLIC, "from https to http"),
        (PUBLIC, "http://home.example/", OURS, "from outside into fetch.allow"),
        (PUBLIC, "https://home.example/", OURS, "from outside into fetch.allow"),
        (OURS, "http://home.example/", OURS, ""),
        (OURS, "http://podcast.example/", PUBLIC, "from https to http"),
        (OURS, "https://podcast.example/", PUBLIC, ""),
    ],
)
def test_a_redirect_does_not_lead_to_worse_ground(left, location, reached, refused):
    hop = TLS.next(read_address(location), left, permanent=True)

    if refused:
        with pytest.raises(NoAnswerError, match=refused) as caught:
            hop.check_way(reached)
        assert caught.value.kind is FailureKind.REFUSED
    else:
        hop.check_way(reached)


def test_a_login_is_not_shown():
    question = Question(
        first=TLS.address, validators=Validators(), headers={}, login={"Authorization": "Basic bmVpbA=="}
    )

    assert "bmVpbA" not in repr(question)
    assert question.headers_for(TLS) == {"Authorization": "Basic bmVpbA=="}


@pytest.mark.parametrize(
    "location", ["http://podcast.example/feed", "https://podcast.example:8443/feed", "https://www.podcast.example/feed"]
)
def test_scheme_host_and_port_make_an_origin(location):
    question = Question(first=TLS.address, validators=Validators(), headers={}, login={"Authorization": "Basic x"})

    assert not question.headers_for(TLS.next(read_address(location), PUBLIC, permanent=True))
