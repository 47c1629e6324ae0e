import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.toml_lines import line_of

TEXT = '''# A comment
code = "pasar"

words = [
    "one",
    "two",
]
text = """
of two lines
"""
deep.inside = 1

[[rule]]
rule = "min_width"
value = 3

[[rule]]

rule = "aspect"
[[tier]]
code = "LOW"
[[tier]]
code = "HIGH"
[[tier.task]]
rule = "video"
[[tier.task]]
value = true
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("code",), 2),
        (("words",), 4),
        (("text",), 8),
        (("deep", "inside"), 11),
        (("rule", 0), 13),
        (("rule", 0, "value"), 15),
        (("rule", 1), 17),
        (("rule", 1, "rule"), 19),
        (("tier", 1), 22),
        (("tier", 1, "task", 1, "value"), 27),
    ],
)
def test_a_place_is_found_on_its_line(place: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, place) == line
    assert line_of(TEXT.replace("\n", "\r\n"), place) == line


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("absent",), 1),
        (("rule", 1, "value"), 17),
        (("rule", 0, "min_width", "value"), 15),
        (("rule", 0, "min_width", "source"), 13),
        (("rule", 7), 13),
        (("words", 1), 4),
        (("code", "deeper"), 2),
    ],
)
def test_what_is_not_there_stands_for_what_should_hold_it(place: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, place) == line


keys = st.text("abcdef_", min_size=1, max_size=8)


@given(st.lists(keys, unique=True, min_size=1, max_size=12), st.data())
def test_every_key_of_a_flat_file_is_on_the_line_that_it_was_written_on(
    names: list[str], data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names)))
    text = "".join("#\n" * gap + f"{name} = 1\n" for name, gap in zip(names, gaps, strict=True))
    lines = text.split("\n")
    assert set(tomllib.loads(text)) == set(names)
    assert all(lines[line_of(text, (name,)) - 1].startswith(f"{name} ") for name in names)
