"""``etalase rules``: what each marketplace asks for, as a person reads it and as a program does."""

import json
from pathlib import Path

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from tests.command import environment, run_etalase


def test_without_a_name_all_marketplaces_are_listed(tmp_path: Path) -> None:
    run = run_etalase(tmp_path, environment(tmp_path / "home"), "rules")

    assert run.returncode == 0, run.stderr
    assert all(code in run.stdout for code in known_marketplaces())
    assert "etalase rules shopee" in run.stdout
    assert not (tmp_path / "home").exists()


def test_a_marketplaces_rules_are_told_in_words_with_their_sources(tmp_path: Path) -> None:
    variables = environment(tmp_path / "home", COLUMNS="160")
    indonesian = run_etalase(tmp_path, variables, "rules", "tokopedia").stdout
    english = run_etalase(tmp_path, {**variables, "ETALASE_LANGUAGE": "en"}, "rules", "tokopedia").stdout

    assert "Lebar foto paling sedikit 301 px." in indonesian
    assert "The photo is at least 301 px wide." in english
    assert "≤ 5 MB" in indonesian
    assert "Untuk tingkat Bagus (GOOD)" in indonesian
    assert all(terms.source in indonesian for _, terms in load_marketplace("tokopedia").placed())


def test_as_json_every_rule_says_where_it_is_from_in_both_languages(tmp_path: Path) -> None:
    variables = environment(tmp_path / "home")
    everything = json.loads(run_etalase(tmp_path, variables, "rules", "--json").stdout)
    shopee = json.loads(run_etalase(tmp_path, variables, "rules", "shopee", "--json").stdout)

    assert [each["code"] for each in everything] == list(known_marketplaces())
    assert shopee in everything
    rules = [rule for each in everything for rule in each["rules"]]
    rules += [task for each in everything for tier in each["tiers"] for task in tier["tasks"]]
    for rule in rules:
        assert {"rule", "value", "level", "source", "checked", "grade", "words"} <= rule.keys()
        assert rule["words"].keys() == {"id", "en"}
    assert [tier["code"] for tier in shopee["tiers"]] == ["TO_BE_IMPROVED", "QUALIFIED", "EXCELLENT"]


def test_an_unknown_marketplace_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    run = run_etalase(tmp_path, environment(tmp_path / "home"), "rules", "bazaar")

    assert run.returncode == 2
    assert "bazaar" in run.stderr
    assert "tokopedia" in run.stderr
