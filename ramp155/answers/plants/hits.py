"""Plants that a search finds, with what they do now and how late they are; and how many of them are late, by country."""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.answers.site_search import search_sites
from ramp155.base.memory import remember
from ramp155.base.spelling import fold
from ramp155.history.standing.sites import list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.record.records import Records


@dataclass(frozen=True)
class SiteHit:
    """A plant: its status and what is to come there (as `list_site_statuses` has them), whether it is late, and the months at least."""

    site_id: str
    country: str
    status: str
    ahead: str
    is_late: bool
    late_months: int


@dataclass(frozen=True)
class CountryHits:
    """A country by its code and name, how many plants it has, and how many of them are late."""

    country: str
    name: str
    plants: int
    late: int


@remember
def list_site_hits(records: Records, query: str) -> tuple[SiteHit, ...]:
    """The plants that a query finds, those that are late first, most months first; a country's name finds all that stand in it."""
    hits = _describe_sites(records)
    country = find_named_country(records, query)
    if country:
        chosen_hits = [hit for hit in hits.values() if hit.country == country]
    else:
        chosen_hits = [hits[site] for site in search_sites(records, query) if site in hits]
    return tuple(sorted(chosen_hits, key=lambda hit: (not hit.is_late, -hit.late_months)))


def find_named_country(records: Records, query: str) -> str:
    """The code of the country that a query names in full, in any spelling; "" for none."""
    countries = zip(records.countries["country"], records.countries["name"], strict=True)
    folded_query = fold(query)
    return next((code for code, name in countries if fold(name) == folded_query), "")


@remember
def count_country_hits(records: Records) -> tuple[CountryHits, ...]:
    """Every country with a plant, by name."""
    hits = _describe_sites(records).values()
    countries = zip(records.countries["country"], records.countries["name"], strict=True)
    counted = (
        CountryHits(
            code,
            name,
            sum(hit.country == code for hit in hits),
            sum(hit.country == code and hit.is_late for hit in hits),
        )
        for code, name in countries
    )
    return tuple(sorted((one for one in counted if one.plants), key=lambda one: one.name))


@remember
def _describe_sites(records: Records) -> dict[str, SiteHit]:
    """Every reported plant by site_id, by its name."""
    lines = list_statuses(records)
    late_lines = lines[lines["late"] == "late"]
    months_of = late_lines.groupby("site_id")["lateness_months"].max().to_dict()
    rows = list_site_statuses(lines)
    hits = [
        SiteHit(
            site_id,
            records.site(site_id).country,
            status,
            ahead,
            site_id in months_of,
            int(months_of.get(site_id, 0)),
        )
        for site_id, status, ahead in zip(
            rows["site_id"], rows["status"], rows["ahead"], strict=True
        )
    ]
    by_name = sorted(hits, key=lambda hit: records.site(hit.site_id).name.casefold())
    return {hit.site_id: hit for hit in by_name}
