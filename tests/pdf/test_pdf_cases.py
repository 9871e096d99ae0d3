import re
from itertools import combinations
from pathlib import Path

from pdf.cases import CASES
from pdf.policy import FOLDER

EXPECTED = {"E": 17, "S": 24, "T": 10, "C": 14, "F": 15, "G": 1, "O": 2}
PAGES = {"E": 1, "S": 1, "T": 1, "C": 2, "F": 2, "G": 2, "O": 2}
CALL = re.compile(r'form\.(?:left|above|case)\("(\w+)"')


def test_every_rubrique_of_the_official_sheet_has_its_boxes():
    assert set(CASES) == {f"{letter}{rank}" for letter, last in EXPECTED.items() for rank in range(1, last + 1)}


def test_every_rubrique_is_placed_once_in_the_pages_and_on_the_right_one():
    for page in (1, 2):
        placed = CALL.findall(Path(FOLDER / f"cerfa_page{page}.html").read_text("utf-8"))
        assert sorted(placed) == sorted(rubrique for rubrique in CASES if PAGES[rubrique[0]] == page)
    assert all(box.page == PAGES[rubrique[0]] for rubrique, case in CASES.items() for box in case.boxes)


def test_no_two_boxes_overlap_and_none_leaves_the_frame():
    boxes = [box for case in CASES.values() for box in case.boxes]
    for one, other in combinations(boxes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        above = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert one.page != other.page or beside or above, (one, other)
    assert all(17.7 < box.x and box.x + box.width < 577.6 and 90 * (box.page == 1) < box.y < 800 for box in boxes)
