"""Files that strangers open, each read as a page reads it: only what a page tells as a sentence may be raised."""

from __future__ import annotations

from collections.abc import Callable

from ramp155.files.lesson.lesson import LessonError
from ramp155.files.lesson.lesson_file import LESSON_FOLDER, read_lesson
from ramp155.files.package.archive import build_package
from ramp155.files.story.story import StoryError
from ramp155.files.story.story_file import STORY_FOLDER, read_story
from ramp155.files.story.story_text import write_story
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_settings
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA
from ramp155.record.records import Records
from ramp155.record.upload.merge import read_upload
from tests.oracles import write_scenario_settings
from tests.shared import record

_LONGEST_MESSAGE = 1000
_FEW_ROWS = 12  # of each table in the corpus: small files are mutated better
Target = Callable[[bytes], None]


def open_story(records: Records, content: bytes) -> None:
    """Read a story as a page does, and write and read it again."""
    try:
        story = read_story(records, content.decode("utf-8"))
    except (StoryError, UnicodeDecodeError):
        return
    assert read_story(records, write_story(records, story), story.key) == story


def open_lesson(records: Records, content: bytes) -> None:
    """Read a lesson as a page does."""
    try:
        read_lesson(records, content.decode("utf-8"))
    except (LessonError, UnicodeDecodeError):
        return


def open_scenario(content: bytes) -> None:
    """Read settings of a scenario, a `name=value` a line, and write and read them again."""
    lines = content.decode("utf-8", "replace").split("\n")
    settings = dict(line.partition("=")[::2] for line in lines)
    try:
        scenario = read_scenario_settings(settings)
    except ValueError:
        return
    assert read_scenario_settings(write_scenario_settings(scenario)) == scenario


def open_upload(records: Records, content: bytes) -> None:
    """Put a file on the record: its first byte says whether it is called a package or a table."""
    name = ("own.zip", "events.csv", "x")[content[0] % 3] if content else "x"
    try:
        read_upload(records, [(name, content[1:])], probe=lambda _: None)
    except RecordsError as error:
        messages = [fault.message for fault in error.faults]
    else:
        return
    assert messages
    assert max(map(len, messages)) < _LONGEST_MESSAGE


def list_seeds(what: str) -> list[bytes]:
    """What mutation starts from: the files that ship."""
    if what in ("story", "lesson"):
        folder = STORY_FOLDER if what == "story" else LESSON_FOLDER
        return [path.read_bytes() for path in sorted(folder.glob("*.toml"))]
    if what == "scenario":
        return [b"nitrocellulose=0.7\nstart=2027-01\nmonths=12\nalso=UA,TR\nassume.utilisation=0.9"]
    tables = [
        b"\n".join(path.read_bytes().split(b"\n")[:_FEW_ROWS])
        for path in sorted(DATA.glob("*.csv"))
    ]
    return [b"\x00" + build_package(Model(record())), *[b"\x01" + table for table in tables]]


def find_target(what: str) -> Target:
    """What is fed."""
    records = record()
    targets: dict[str, Target] = {
        "story": lambda content: open_story(records, content),
        "lesson": lambda content: open_lesson(records, content),
        "scenario": open_scenario,
        "upload": lambda content: open_upload(records, content),
    }
    return targets[what]
