"""Write every snapshot anew: `python -m tests.snapshots`."""

from __future__ import annotations

import logging

from tests.snapshots import content


def main() -> None:
    """Write what has changed, drop what is made no more."""
    logging.disable(logging.WARNING)  # Streamlit's, of a script that runs without a server
    files = content.files()
    for old in {*content.FOLDER.glob("pictures/*"), *content.FOLDER.glob("pages/*")} - set(files):
        old.unlink()
        print("gone", old.relative_to(content.FOLDER))
    for file in files:
        text = content.text_of(file)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            print("written", file.relative_to(content.FOLDER))


if __name__ == "__main__":
    main()
