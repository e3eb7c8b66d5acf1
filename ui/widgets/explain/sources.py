"""Who stands behind an explained figure: assumptions with their kind, claims and sources, in a short list."""

from __future__ import annotations

from ramp155.model.model import Model
from ramp155.record.grades import list_coefficient_sources, pick_best_sources, rank_claims
from ramp155.text.explain.grammar.explanation import Sources
from ramp155.text.numbers import count_words
from ui.markup import escape_markdown
from ui.widgets.citations.sources import link_source, link_sources

_MOST_CLAIMS, _MOST_SOURCES, _MOST_ASSUMPTIONS = 3, 5, 8
_EVIDENCE = "evidence?evidence_view"


def list_explained_sources(model: Model, sources: Sources) -> str:
    """The rows behind a figure as a Markdown list, the best of each kind first, and where all of them are."""
    lines = [_cite_assumption(model, name) for name in sources.assumptions[:_MOST_ASSUMPTIONS]]
    lines += _say_more(len(sources.assumptions) - _MOST_ASSUMPTIONS, "assumption", "assumptions")
    best_claims = list(rank_claims(model.record, sources.claims)) if sources.claims else []
    lines += [_cite_claim(model, claim_id) for claim_id in best_claims[:_MOST_CLAIMS]]
    lines += _say_more(len(best_claims) - _MOST_CLAIMS, "claim", "claims")
    best_sources = pick_best_sources(model.record, sources.sources, _MOST_SOURCES)
    lines += [f"- {link_source(model, source_id)}" for source_id in best_sources]
    lines += _say_more(len(set(sources.sources)) - len(best_sources), "source", "sources")
    return "\n".join(lines)


def _say_more(count: int, noun: str, view: str) -> list[str]:
    return [f"- [{count_words(count, f'more {noun}')}]({_EVIDENCE}={view})"] if count > 0 else []


def _cite_assumption(model: Model, assumption_id: str) -> str:
    """A coefficient with its range, and whether it is ours or who says so."""
    assumption = model.record.assumption(assumption_id)
    low, _, high = assumption.span
    source_ids = list_coefficient_sources(model.record, assumption_id)
    kind = f"from {link_sources(model, source_ids)}" if source_ids else "our assumption"
    unit = "" if assumption.unit == "fraction" else f" {assumption.unit}"
    span = escape_markdown(f"{low:,.6g} to {high:,.6g}{unit}")
    return (
        f"- {escape_markdown(assumption.label)}: {span}, {kind} ({escape_markdown(assumption_id)})"
    )


def _cite_claim(model: Model, claim_id: str) -> str:
    claim = model.record.claim(claim_id)
    return f"- {escape_markdown(claim.basis)} {link_source(model, claim.source_id)}"
