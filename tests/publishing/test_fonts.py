"""Every character is in a font of the package, or the build stops and names it."""

import pytest

from helpers.publishing import fonts
from helpers.publishing.errors import CharactersMissing

FAMILIES = [fonts.FANGSONG, fonts.HEI, fonts.KAI, fonts.BIAOSONG, fonts.SONG, fonts.SONG_EXT]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_travels_with_the_package(family):
    assert fonts.font_file(family).is_file()


def test_common_and_rare_characters_can_be_set():
    fonts.require_characters([("正文", "实际发放3862人，≥95%、①△—“”《》（）镕滘硚玥")])


def test_a_character_that_no_font_has_is_named_with_its_place():
    with pytest.raises(CharactersMissing, match=r"“😀”（U\+1F600），见：第二部分；附录"):
        fonts.require_characters([("第一部分", "好"), ("第二部分", "好😀"), ("附录", "😀")])
