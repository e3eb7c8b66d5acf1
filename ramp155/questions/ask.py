"""A question put to a record: the reply, and its JSON kept under the content of the record and what was asked."""

from __future__ import annotations

import hashlib
import json
import pkgutil
from collections.abc import Callable

from ramp155.base.memory import remember
from ramp155.base.shelf import hash_code
from ramp155.model.model import DRAWS
from ramp155.questions.read import Asked
from ramp155.questions.replies.reply import Reply
from ramp155.record.records import Records


def ask(records: Records, asked: Asked) -> Reply:
    """Answer a question as it was asked."""
    reply: Callable[[Records, Asked], Reply] = pkgutil.resolve_name(
        f"ramp155.questions.replies.{asked.question.reply}"
    )
    return reply(records, asked)


@remember
def write_reply_json(records: Records, asked: Asked) -> bytes:
    """The reply's values as compact JSON."""
    values = ask(records, asked).values
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def hash_asked(records: Records, asked: Asked) -> str:
    """What makes an answer the one it is, without working it out: code, record and what was asked."""
    name = f"{hash_code()}\0{records.digest}\0{DRAWS}\0{asked.question.name}\0{asked.scenario}\0{asked.choices}"
    return hashlib.blake2b(name.encode(), digest_size=12).hexdigest()
