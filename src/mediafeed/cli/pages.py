"""`publish`, `check`, `serve`: the published tree."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from mediafeed.assemble import Mediafeed, made_pages, remembered
from mediafeed.cli.layout import plain, say
from mediafeed.cli.output import Settings, as_json, counted, pass_settings, progress, say_json
from mediafeed.cli.serving import Listening, listening, web_app, web_server
from mediafeed.cli.signals import ENDS, signals
from mediafeed.config.doubts import doubts_about
from mediafeed.config.reading import read_config
from mediafeed.config.secrets import read_secret
from mediafeed.errors import ConfigError
from mediafeed.model.episode import Changes
from mediafeed.model.published import Published
from mediafeed.publish.checking import faults_in
from mediafeed.refresh.recredited import Recredited, counts_of, in_words
from mediafeed.serve.health import health_routes
from mediafeed.serve.metrics import Answers, metrics_route
from mediafeed.serve.server import Server
from mediafeed.serve.wishing import Wishing


@click.command()
@click.option("--recredit", is_flag=True, help="Understand every stored episode anew first.")
@as_json
@pass_settings
def publish(settings: Settings, *, recredit: bool, json: bool) -> None:
    """Rebuild the published tree from the store, without any request.

    What rules or settings of now understand otherwise is told, episode by episode; other evidence is counted.
    """
    found: list[Recredited] = []
    with settings.locked() as house, progress(quiet=settings.quiet) as step:

        def tell(one: Recredited) -> None:
            found.append(one)
            if not json and not one.is_evidence_alone:
                say(plain(f"{one.show}: {one.title} ({one.episode}): {in_words(one)}"))

        changes = house.understand_anew(force=recredit, tell=tell, on_step=step)
        published = house.publish(step)
    if json:
        say_json(_publishing_facts(found, changes, published))
        sys.exit(1 if published.set_aside else 0)
    if recredit or changes:
        click.echo(recredited_in_words(found, changes))
    for episode, reason in published.set_aside:
        click.echo(f"{episode}: set aside: {reason}")
    click.echo(
        f"{counted(len(published.written), 'file')} written, {published.unchanged} unchanged, "
        f"{len(published.removed)} removed"
    )
    sys.exit(1 if published.set_aside else 0)


def understood_anew(house: Mediafeed) -> str:
    """Understand by the settings of now what is stored, and say what it came to."""
    found: list[Recredited] = []
    return recredited_in_words(found, house.understand_anew(tell=found.append))


def recredited_in_words(found: Sequence[Recredited], changes: Changes) -> str:
    """Say what understanding anew came to."""
    counts = counts_of(found)
    brought_together = len({*changes.modified} - {one.episode for one in found})
    became = (
        (counts.added, "credit", "added"),
        (counts.removed, "credit", "taken away"),
        (counts.roles, "role", "changed"),
    )
    parts = [
        ", ".join(f"{counted(count, word)} {what}" for count, word, what in became if count),
        *(f"other {word}: {count}" for word, count in counts.others),
        f"brought together otherwise: {brought_together}" if brought_together else "",
    ]
    several = counts.episodes + brought_together
    said = f"{counted(several, 'episode') if several else 'no episode'} understood differently"
    if several:
        said += f": {'; '.join(filter(None, parts))}"
    return f"{said}; only the evidence for the same is other on {counts.evidence}" if counts.evidence else said


def _publishing_facts(found: Iterable[Recredited], changes: Changes, published: Published) -> dict[str, object]:
    return {
        "recredited": [
            {
                "id": one.episode,
                "show": one.show,
                "title": one.title,
                "changes": [{"name": c.name, "before": c.before, "after": c.after} for c in one.changes],
                "others": one.others,
            }
            for one in found
            if not one.is_evidence_alone
        ],
        "modified": changes.modified,
        "written": published.written,
        "unchanged": published.unchanged,
        "removed": published.removed,
        "set_aside": [{"id": episode, "reason": reason} for episode, reason in published.set_aside],
    }


@click.command()
@as_json
@pass_settings
def check(settings: Settings, *, json: bool) -> None:
    """Name every fault of config and published tree, or "all good"."""
    faults: list[str] = []
    doubts: tuple[str, ...] = ()
    published: dict[str, str] = {}
    try:
        config = read_config(settings.path)
    except ConfigError as error:
        faults = [f"{error.path}: {fault}" for fault in error.faults]
    else:
        doubts = doubts_about(config)
        with settings.opened() as house:
            published = house.store.published()
            doubts = (*doubts, *house.brings_together.doubts(), *house.publisher.doubts())
        output = Path(config.site.output)
        faults = [fault for path in sorted(published) for fault in faults_in(path, _bytes(output / path))]
    if json:
        say_json({"faults": faults, "doubts": doubts, "files": len(published)})
    else:
        for doubt in doubts:
            click.echo(f"doubtful: {doubt}")
        for fault in faults:
            click.echo(fault)
        good = f"all good: config, {counted(len(published), 'published file')}"
        click.echo(counted(len(faults), "fault") if faults else good)
    sys.exit(2 if faults and not published else 1 if faults else 0)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@click.command()
@listening
@pass_settings
def serve(settings: Settings, /, **where: Any) -> None:
    """Serve the published tree over HTTP until SIGTERM or Ctrl-C."""
    config = read_config(settings.path)
    output = Path(config.site.output)
    app = web_app(config, Listening(**where))
    with closing(remembered(config)) as finds:
        app.answer_by(
            (
                *health_routes(lambda: "" if (output / "index.html").is_file() else "nothing is published yet"),
                metrics_route(Answers(app.answered)),
                Wishing(read_secret(config.serve.token) if config.serve.token else None, None).route,
                *(made_pages(config, finds) if finds.is_there() else ()),
            )
        )
        server = web_server(app, config, Listening(**where))
        if not (output / "index.html").is_file():
            click.echo(f"{output}: nothing is published yet: mediafeed refresh", err=True)
        serve_until_the_end(server, f"serving {output} on {server.first_page}  (Ctrl-C ends)")


def serve_until_the_end(server: Server, words: str) -> None:
    """Serve, say so, and wait until a signal says it is over; whenever it comes, the server is stopped."""
    with signals(*ENDS) as next_signal:
        try:
            server.start()
            click.echo(words)
            next_signal()
        finally:
            server.stop()
