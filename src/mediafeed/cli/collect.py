"""`collect`: transcripts and pictures that pages show."""

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.layout import say
from mediafeed.cli.output import Settings, Step, counted, pass_settings, progress


@click.command()
@pass_settings
def collect(settings: Settings) -> None:
    """Ask for the transcripts and pictures of pages, and publish.

    For those that were not asked for yet, as the daemon does by itself: by [site] transcripts and [site] pictures.
    """
    with settings.locked() as house, progress(quiet=settings.quiet) as step:
        asked, came = _asked(house, step)
        if came:
            house.publish(step)
    say(f"{counted(asked, 'file')} asked for, {came} new")


def _asked(house: Mediafeed, step: Step) -> tuple[int, int]:
    """Ask for all that is wanted now; give how many were asked for and how many of them are others than before."""
    asked = came = 0
    for collecting in (house.transcripts, house.pictures):
        while errands := collecting.errands():
            for errand in errands:
                came += errand()
                asked += 1
                step("collect", asked, asked)
    return asked, came
