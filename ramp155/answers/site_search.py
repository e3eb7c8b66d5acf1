"""Plants found by words, however they are spelt: by name, firm, owner, town, country and product."""

from __future__ import annotations

from ramp155.base.memory import remember
from ramp155.base.spelling import fold_searched, match_words, suggest_names
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS

# What a plant is called and whose it is; a match here comes before one of what it makes.
_NAME_COLUMNS = ["name", "site_id", "operator", "parent", "town", "country", "country_name"]
_SUGGESTED_COLUMNS = ["name", "operator", "parent", "town", "country_name"]


@remember
def search_lines(records: Records, query: str) -> tuple[str, ...]:
    """The lines in which every word of a query stands, those first whose plant is called so; "" gives all.

    Words are looked for in name, firm, owner, town and country of the plant, and in what the line makes.
    """
    lines = records.full_lines
    names = lines[_NAME_COLUMNS].agg(" ".join, axis=1).map(fold_searched)
    products = lines["product"] + " " + lines["product"].map(PRODUCTS) + " " + lines["title"]
    is_named = names.map(lambda text: match_words(query, text))
    is_found = (names + " " + products.map(fold_searched)).map(
        lambda text: match_words(query, text)
    )
    return (*lines.index[is_named], *lines.index[is_found & ~is_named])


def search_sites(records: Records, query: str) -> list[str]:
    """The plants whose lines `search_lines` gives, in its order."""
    site_ids = records.full_lines["site_id"]
    return list(dict.fromkeys(site_ids[line_id] for line_id in search_lines(records, query)))


def suggest_sites(records: Records, query: str) -> list[str]:
    """Names of plants, firms, owners, towns, countries and products that are spelt nearly like a query."""
    lines = records.full_lines
    names = {name for column in _SUGGESTED_COLUMNS for name in lines[column] if name}
    return suggest_names(query, names | set(PRODUCTS.values()))
