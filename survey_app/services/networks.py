"""Help cards and legal facts: the operator's own folder, then what comes with Mitreden."""

from pathlib import Path

from survey_app.data import data_dir
from survey_app.domain.directory import Directory
from survey_app.instruments.networks import read_directory
from survey_app.instruments.places import UnreadableQuestionnaire

UnreadableNetworks = UnreadableQuestionnaire


def known_networks(own: Path | None) -> Directory:
    """Return what all files say. Raises UnreadableNetworks with every fault of the first folder."""
    return read_directory([folder for folder in (own, data_dir("networks")) if folder])
