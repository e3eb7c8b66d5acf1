"""Plants, claims and speakers are found however a name is spelt."""

from __future__ import annotations

import pytest

from ramp155.answers.site_search import (
    search_lines,
    search_sites,
    suggest_sites,
)
from ramp155.base.spelling import fold, fold_searched, match_words, suggest_names
from ramp155.history.claims import list_claims, search_claims, suggest_claim_words
from ramp155.record.records import Records


@pytest.mark.parametrize(
    ("query", "text"),
    [
        *(
            (query, text)
            for query in ("Unterlüß", "Unterluess", "Unterluss", "unterluess", "UNTERLÜSS")
            for text in ("Unterlüß", "Unterluess", "Unterluss")
        ),
        ("Slupsk", "Słupsk"),
        ("Słupsk", "Slupsk"),
        ("Várpalota", "Varpalota"),
        ("Varpalota", "Várpalota"),
        ("Balatonfuezfo", "Balatonfuzfo"),
        ("Ørsta", "Orsta"),
        ("Oersta", "Ørsta"),
        ("Moelle", "Mölle"),
        ("Vaesteraas", "Västerås"),
        ("Vasteras", "Västerås"),
        ("Djakovo", "Đakovo"),
        ("Dakovo", "Đakovo"),
        ("Carsamba", "Çarşamba"),
        ("Kirikkale", "Kırıkkale"),
        ("Istanbul", "İstanbul"),
        ("Cacak", "Čačak"),
        ("nitrochem", "Nitro-Chem Bydgoszcz"),
        ("nitro chem", "Nitro-Chem Bydgoszcz"),
        ("skarzysko kamienna", "Skarżysko-Kamienna"),
        ("A\u0308mari", "Ämari"),
        ("", "anything"),
    ],
)
def test_a_name_is_found_in_either_spelling(query: str, text: str) -> None:
    assert match_words(query, fold_searched(text))


@pytest.mark.parametrize(
    ("query", "text"),
    [("bae", "Balatonfuzfo"), ("uk", "Kuk Duke"), ("Mesko Bofors", "Mesko Pionki")],
)
def test_what_is_not_meant_is_not_found(query: str, text: str) -> None:
    assert not match_words(query, fold_searched(text))


def test_folded_text_is_plain() -> None:
    assert (
        fold("  Zakłady_Mechaniczne (Ząbkowice Śląskie) ")
        == "zaklady mechaniczne zabkowice slaskie"
    )


@pytest.mark.parametrize("query", ["Unterlüß", "Unterluess", "Unterluss", "unterluess"])
def test_unterluess_is_found(records: Records, query: str) -> None:
    assert search_sites(records, query) == ["unterluess-rheinmetall"]


@pytest.mark.parametrize(
    ("query", "site_ids"),
    [
        (
            "PGZ",
            {
                "bydgoszcz-nitrochem",
                "jaslo-gamrat",
                "krasnik-mesko",
                "nowa-deba-dezamet",
                "pionki-mesko",
                "skarzysko-kamienna-mesko",
            },
        ),
        ("CSG", {"granada-fmg", "walsrode-msm", "lavrio-hds", "novaky-vop", "snina-zvs"}),
        (
            "Czechoslovak Group",
            {"granada-fmg", "walsrode-msm", "lavrio-hds", "dubnica-nad-vahom-zvs"},
        ),
        ("Rheinmetall", {"neuss-rheinmetall", "aschau-nitrochemie", "lingen-hagedorn"}),
        ("KNDS", {"lachapelle-knds", "nivelles-knds"}),
        ("Nammo", {"raufoss-nammo", "sastamala-nammo-lapua"}),
        ("bae", {"glascoed-bae", "washington-bae"}),
        ("Poland powder", {"pionki-mesko"}),
        ("Turkiye", {"carsamba-mke", "elmadag-mke"}),
        ("carsamba", {"carsamba-mke"}),
    ],
)
def test_owners_towns_countries_and_products_find_plants(
    records: Records, query: str, site_ids: set[str]
) -> None:
    assert site_ids <= set(search_sites(records, query))


def test_a_plant_that_is_called_so_comes_first(records: Records) -> None:
    assert search_lines(records, "") == tuple(records.full_lines.index)
    explosive_lines = search_lines(records, "Bydgoszcz TNT")
    assert {records.line(line_id).site_id for line_id in explosive_lines} == {"bydgoszcz-nitrochem"}
    assert search_sites(records, "TNT")[0] in {"lithuania-detonas", "nora-swebal", "pori-forcit"}


def test_near_names_are_suggested(records: Records) -> None:
    assert suggest_sites(records, "Bergerak") == ["Bergerac"]
    assert suggest_sites(records, "Polnad")[0] == "Poland"
    assert suggest_sites(records, "ntrocellulose") == ["Nitrocellulose"]
    assert suggest_sites(records, "zzzz") == []
    assert suggest_names("", ["Bergerac"]) == []


def test_claims_are_found_in_either_spelling_by_country_and_publisher(records: Records) -> None:
    claims = list_claims(records)
    by_name = search_claims(claims, "Poland")
    assert set(search_claims(claims, subject="PL")["claim_id"]) <= set(by_name["claim_id"])
    for query in ("Unterlüß", "Unterluess"):
        assert list(search_claims(claims, query)["claim_id"]) == list(
            search_claims(claims, "Unterluss")["claim_id"]
        )
    publisher = claims["publisher"].mode()[0]
    assert set(search_claims(claims, publisher=publisher)["publisher"]) == {publisher}
    assert "Rheinmetall" in suggest_claim_words(claims, "Rheinmettal")
