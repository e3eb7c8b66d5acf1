"""The keys of session state that the link and the briefing own.

Those of fields are what the widgets of a page bear; where a link has another name for one, the
table of fields says so. Levers stand under the key that they have in a link.
"""

from __future__ import annotations

# Fields of a view.
START, ALSO, ASSUME = "start", "also", "assume"
MONTH, AS_OF, HINDSIGHT, TOPIC, SPEND = "month", "as_of", "hindsight", "topic", "spend"
RUSSIA, US, CALIBRES, NEW_ONLY, COUNTS = "russia", "us", "calibres", "fresh", "plate"
PRODUCT, COUNTRY, OPERATOR, LINE_FIND = "product", "country", "operator", "line_find"
LATE, SITE = "late", "site"
FLOW_MONTH = "flow_month"
STATUS, PICK = "status", "pick"
BOARD_GROUP, BOARD_SORT = "board_group", "board_sort"
WHY_TITLE, WHY_REASON, WHY_SOURCES = "why_title", "why_reason", "why_sources"
TARGET, TARGET_ROUNDS, TARGET_MONTH = "target", "target_rounds", "target_month"

# Fields of the app alone.
UTILISATION, PLAIN, PANEL, PINS, MADE_WITH = "use", "plain", "panel", "pin", "made_with"
GAP_VIEW, EVIDENCE_VIEW = "show", "look"
GROUP, QUANTITY, SUBJECT, FIND = "group", "quantity", "subject", "find"
STATEMENT_FIND = "statement_find"
SPEAKER, PUBLISHER = "speaker", "publisher"
TERM, GLOSSARY_FIND = "term", "glossary_find"
COEFFICIENT = "coefficient"
LANGUAGE, KIND, TABLE, REPORT = "language", "kind", "table", "report"
PRESENT, NOTES, STORY, SCREEN, SCREEN_LEVER = "present", "notes", "story", "screen", "lever"
LESSON, STEP, DONE, GIVEN = "lesson", "lesson_step", "lessons_done", "lessons_given"
TAKEN = "lesson_taken"

# What no link carries.
PAGE, VISIT = "page", "visit"  # the open page, how many were opened
SHOWN_VIEWS = "shown_views"  # the views that pages showed in their last whole run
WRITTEN_FIELDS = "written_fields"  # page -> the fields that its address was seen to hold
KEPT_VIEW = "view"  # every field, apart from the widgets
SHOWN_FIELDS = "shown_fields"  # the fields in the link of the open page, by session key
PLANT_FIND, ASKED_PAGE = "plant_find", "asked_page"  # the header's search, and the page it leads to
LINK_NOTES, OLDER_SEEN = "link_notes", "older_seen"
CHANGE_SEEN = "change_seen"  # files of the record that were told to have changed
VALUES_BEFORE = "before"  # fields as they were before a story
OWN_RECORDS = "own"
LEAVING, STAGE, STAGE_TOKEN = "leaving", "stage", "stage_token"
OWN_STORY, OWN_NOTES, STORY_FAULT, STORY_UPLOAD = (
    "own_story",
    "own_notes",
    "story_fault",
    "story_upload",
)
OWN_LESSON, LESSON_FAULT, LESSON_UPLOAD = "own_lesson", "lesson_fault", "lesson_upload"
