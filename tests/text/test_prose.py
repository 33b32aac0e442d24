"""How much of a paragraph is prose, whatever its language."""

from __future__ import annotations

import pytest

from sinorus.text.prose import LEAST, prose

WHOLE = [
    "On January 3 the Department announced that it had extended the rules of travel.",
    "Лидеры обсудили конкретные шаги по развитию взаимовыгодного сотрудничества.",
    "中国正在致力于本国的发展，希望在和平共处五项原则的基础上同世界各国友好合作。",
    "１９８７年全国进出口总额达到８２７亿美元，平均每年增长１４．７％。",
    "compact memories have flexible capacities",
    "He said: “They will not come.”",
    "Der Vertrag wurde in diesem Jahr von beiden Seiten ohne Vorbehalt angenommen.",
]
APPARATUS = [
    "Source: Department of State, Presidential Correspondence: Lot 77 D 163. Top Secret.",
    "N. Khrushchev",
    "V. The Outlook After Mao",
    "Воробьёв Андрей Юрьевич, губернатор Московской области",
    "本作品是中华人民共和国的",
    "第三，搞好商业工作，发展对外贸易",
    "Please deliver following message from the President to Chairman Khrushchev:",
    "[Here follows material on the program and other topics.]",
    "【译者注：原文如此。】",
    "1949 12 1950 14",
]


@pytest.mark.parametrize("text", WHOLE)
def test_sentences_are_prose(text: str) -> None:
    assert prose(text) >= 80  # German writes its nouns large, figures are no words


@pytest.mark.parametrize("text", APPARATUS)
def test_lists_of_names_contents_sources_signatures_and_asides_are_not(text: str) -> None:
    assert LEAST <= prose(text) <= 70


@pytest.mark.parametrize("text", ["", "·", "***", "—"])
def test_what_has_no_words_has_the_least(text: str) -> None:
    assert prose(text) == LEAST
