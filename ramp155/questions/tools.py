"""The questions as tools of an assistant, over the Model Context Protocol: the same table, and with every answer its units and sources.

Needs the package `mcp`, which is not installed with the library alone: `pip install "ramp155[mcp]"`.
"""

from __future__ import annotations

import json
from typing import Any

import anyio
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

import ramp155
from ramp155.files.package.descriptor import write_citation
from ramp155.model.scenario.fields import EDIT_PREFIX
from ramp155.questions.ask import write_reply_json
from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.describe.schema import Schema, build_input_schema
from ramp155.questions.describe.shapes import build_shape
from ramp155.questions.describe.sources import list_sources, list_units
from ramp155.questions.question import Question
from ramp155.questions.read import read_asked, split_given
from ramp155.record.records import Records

MOST_SOURCES = 40  # named with an answer, the best first
_INSTRUCTIONS = (
    "Who promised what 155 mm ammunition capacity in Europe, what came of it, and what nitrocellulose allows. Every "
    "answer has its units and its sources: say both with a figure. p10 to p90 is the likely range. A promise is no "
    "report; null means not reported, never zero."
)


def build_server(records: Records) -> Server[Any]:
    """A server that offers every question as a tool."""

    async def list_tools(
        context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[_describe_tool(records, question) for question in QUESTIONS.values()]
        )

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        try:
            answer = await anyio.to_thread.run_sync(
                answer_tool, records, params.name, params.arguments or {}
            )
        except ValueError as error:
            return types.CallToolResult(
                content=[types.TextContent(type="text", text=str(error))], is_error=True
            )
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        content = types.TextContent(type="text", text=text)
        return types.CallToolResult(content=[content], structured_content=answer)

    return Server(
        "ramp155",
        version=ramp155.__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_over_pipes(records: Records) -> None:
    """Answer an assistant over standard input and output until it hangs up."""

    async def serve() -> None:
        server = build_server(records)
        async with stdio_server() as (read_stream, write_stream):
            await server.run(read_stream, write_stream, server.create_initialization_options())

    anyio.run(serve)


def answer_tool(records: Records, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """A tool's answer: the question's own, with the record, units, sources and how to cite.

    Raises ValueError for an unknown tool and for what cannot be asked.
    """
    if name not in QUESTIONS:
        raise ValueError(f"{name!r} is no tool; those are: {', '.join(QUESTIONS)}")
    question = QUESTIONS[name]
    given, settings = split_given(question, _write_texts(arguments))
    asked = read_asked(question, records, given, settings, is_served=True)
    values = json.loads(write_reply_json(records, asked))
    sources = list_sources(records, asked, values)
    return {
        "question": question.name,
        "record": records.version,
        "cite": write_citation(records),
        "units": list_units(build_shape(question.shape)),
        "sources": sources[:MOST_SOURCES],
        "more_sources": max(0, len(sources) - MOST_SOURCES),
        "answer": values,
    }


def _write_texts(arguments: dict[str, Any]) -> dict[str, str]:
    """Arguments as the texts that a link or command would have."""
    texts: dict[str, str] = {}
    for name, argument in arguments.items():
        if isinstance(argument, dict):
            texts |= {f"{EDIT_PREFIX}{key}": str(number) for key, number in argument.items()}
        elif isinstance(argument, list):
            texts[name] = ",".join(map(str, argument))
        elif argument is not None:
            texts[name] = str(argument)
    return texts


def _describe_tool(records: Records, question: Question) -> types.Tool:
    return types.Tool(
        name=question.name,
        description=question.about,
        input_schema=build_input_schema(records, question),
        output_schema=_describe_answer(question),
        annotations=types.ToolAnnotations(
            read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )


def _describe_answer(question: Question) -> Schema:
    text: Schema = {"type": "string"}
    texts: Schema = {"type": "object", "additionalProperties": text}
    fields: dict[str, Schema] = {
        **dict.fromkeys(("question", "record", "cite"), text),
        "units": {**texts, "description": "field -> its unit"},
        "sources": {"type": "array", "items": texts, "description": "the best first"},
        "more_sources": {"type": "integer", "description": "sources beyond those named"},
        "answer": build_shape(question.shape),
    }
    return {"type": "object", "properties": fields, "required": list(fields)}
