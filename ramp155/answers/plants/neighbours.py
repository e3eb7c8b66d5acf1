"""Other plants that make the same, by country and name: no order of size or weight."""

from __future__ import annotations

from ramp155.base.memory import remember
from ramp155.record.records import Records
from ramp155.record.rows import Site


@remember
def list_neighbours(records: Records, site_id: str) -> dict[str, tuple[Site, ...]]:
    """Product of a plant -> the other plants with a line for it, by country and name.

    What is mapped beside the products ("other") is no product to share.
    """
    lines = records.lines
    names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    products = dict.fromkeys(lines.loc[lines["site_id"] == site_id, "product"])
    neighbours = {}
    for product in products:
        if product == "other":
            continue
        site_ids = set(lines.loc[lines["product"] == product, "site_id"]) - {site_id}
        neighbours[product] = tuple(
            sorted(map(records.site, site_ids), key=lambda site: (names[site.country], site.name))
        )
    return neighbours


@remember
def list_plants_by_country(records: Records) -> dict[str, tuple[Site, ...]]:
    """Country's name -> its plants by name, in order of the alphabet."""
    names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    plants: dict[str, list[Site]] = {}
    for site_id in records.sites["site_id"]:
        site = records.site(site_id)
        plants.setdefault(names[site.country], []).append(site)
    return {
        country: tuple(sorted(plants[country], key=lambda site: site.name.casefold()))
        for country in sorted(plants)
    }
