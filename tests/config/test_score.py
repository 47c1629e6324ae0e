from config.score import load_score_weights


def test_no_part_is_weightless_and_none_takes_everything() -> None:
    assert all(0 < weight < 1 for weight in load_score_weights().parts.values())
