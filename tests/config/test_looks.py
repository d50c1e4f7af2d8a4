from pathlib import Path

import pytest

from mediafeed.config.looks import read_picture, read_theme
from mediafeed.errors import PublishError


def test_a_theme_is_the_files_of_its_folder_and_no_folders_inside(tmp_path: Path):
    (tmp_path / "style.css").write_bytes(b"p {}")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "row.html").write_bytes(b"")

    assert read_theme(str(tmp_path)) == {"style.css": b"p {}"}


def test_a_theme_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(PublishError, match=r"site\.theme: .*/nowhere: No such file or directory"):
        read_theme(str(tmp_path / "nowhere"))


def test_a_picture_that_is_not_there_stops_nothing(tmp_path: Path):
    assert read_picture(str(tmp_path / "cover.jpg")) is None
    assert read_picture(None) is None
