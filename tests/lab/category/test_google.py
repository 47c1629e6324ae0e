from config.categories import load_categories
from lab.category.google import read_taxonomy, strangers

LIST = """# Google_Product_Taxonomy_Version: 2021-09-21
4947 - Food, Beverages & Tobacco > Food Items > Condiments & Sauces > Honey
2392 - Food, Beverages & Tobacco > Food Items > Snack Foods > Pretzels
"""


def test_an_id_that_stands_for_its_path_is_known() -> None:
    categories = load_categories()
    assert strangers(read_taxonomy(LIST), {"honey": categories["honey"]}) == ()


def test_an_id_for_another_path_and_one_that_there_is_not_are_named() -> None:
    categories = load_categories()
    some = {code: categories[code] for code in ("honey", "chips", "salt")}
    assert strangers(read_taxonomy(LIST), some) == ("chips", "salt")
