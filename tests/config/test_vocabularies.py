"""The words by which facts are found: each way of writing stands for one name, and names are told one way."""

import pytest

from config.colours import load_colours
from config.flavours import load_flavours
from config.materials import load_materials
from config.patterns import load_patterns
from config.places import load_places

FLAVOURS = {name: flavour.also for name, flavour in load_flavours().flavour.items()}
MATERIALS = {name: material.also for name, material in load_materials().material.items()}
COLOURS = {name: colour.also for name, colour in load_colours().colour.items()}
PATTERNS = load_patterns().motif | load_patterns().alone


@pytest.mark.parametrize("names", [FLAVOURS, MATERIALS, COLOURS, load_colours().spelling, load_places().spelling])
def test_a_way_of_writing_stands_for_one_name(names: dict[str, tuple[str, ...]]) -> None:
    ways = [(way, name) for name, others in names.items() for way in {name.casefold(), *others}]
    assert {way for way, name in ways if len({other for same, other in ways if same == way}) > 1} == set()


@pytest.mark.parametrize("names", [FLAVOURS, MATERIALS, COLOURS, PATTERNS])
def test_names_are_in_lower_case_with_single_spaces(names: dict[str, tuple[str, ...]]) -> None:
    ways = {way for name, others in names.items() for way in (name, *others)}
    assert {way for way in ways if " ".join(way.casefold().split()) != way} == set()


def test_every_shade_belongs_to_a_plain_colour_that_can_be_seen() -> None:
    colours = load_colours().colour
    plain = {colour.base for colour in colours.values() if colour.seen}
    assert {name for name, colour in colours.items() if colour.srgb and colour.base not in plain} == set()
    assert {name for name, colour in colours.items() if colour.seen and colour.srgb is None} == set()


def test_every_place_that_needs_a_marker_is_a_place() -> None:
    places = load_places()
    assert set(places.about.words) <= {name for region in places.places.values() for name in region}
    assert set(places.spelling) <= {name for region in places.places.values() for name in region}
