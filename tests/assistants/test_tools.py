"""The tools, asked in memory: the JSON of the commands, within a budget, and as quoted text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.assistant import ADDED, Assistant, in_memory
from support.program import Sinorus, Valid

ASKED = {
    "search": (
        {"query": "treaty OR 条约", "limit": 4, "context": 1},
        ["search", "treaty OR 条约", "-n", "4", "-C", "1", "--json"],
    ),
    "show": (
        {"ids": ["energy#2-4", "treaty-2001#3"], "query": "gas"},
        ["show", "energy#2-4", "treaty-2001#3", "--query", "gas", "--json"],
    ),
    "quote": (
        {"ids": ["energy#4"], "sentence": ["2"], "style": "pandoc"},
        ["quote", "energy#4", "--sentence", "2", "--style", "pandoc", "--json"],
    ),
    "sources": ({"lang": ["ru", "zh"]}, ["sources", "--lang", "ru", "--lang", "zh", "--json"]),
    "compare": (
        {"query": "alliance", "by": "lang", "best": 2},
        ["compare", "alliance", "--by", "lang", "-n", "2", "--json"],
    ),
}
ENOUGH = {"max_tokens": 20_000}


@pytest.fixture(scope="module")
def asked(seeds_indexed: Path) -> Iterator[Assistant]:
    """An assistant with the repository's own seeds."""
    with in_memory(seeds_indexed) as assistant:
        yield assistant


@pytest.mark.parametrize("tool", ASKED)
def test_a_tool_gives_the_json_of_its_command(
    tool: str, asked: Assistant, seeds: Path, sinorus: Sinorus, valid: Valid
) -> None:
    given, command = ASKED[tool]
    found = asked.call(tool, **given, **ENOUGH)
    wanted = sinorus(*command).json
    if tool == "sources":
        wanted["limit"] = 20
    valid(tool, found.record)
    assert found.as_json == wanted
    assert set(found.record) - set(wanted) == set(ADDED)
    assert not found.record["index_changed"]


def test_two_texts_and_a_draft_give_the_json_of_their_commands(
    asked: Assistant, seeds: Path, sinorus: Sinorus, valid: Valid
) -> None:
    found = asked.call("compare", ids=["energy#6", "energy#8"], **ENOUGH)
    assert valid("compare-texts", found.as_json) == (
        sinorus("compare", "energy#6", "energy#8", "--json").json
    )
    draft = "“The alliance was tested within months.” And “nobody ever said these words here”."
    found = asked.call("check", text=draft, **ENOUGH)
    assert valid("check", found.as_json) == sinorus("check", "-", "--json", stdin=draft).json
    assert [one["grade"] for one in found.record["results"]] == ["EXACT", "NOT-FOUND"]


@pytest.mark.parametrize("most", [800, 2_000, 6_000])
@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("search", {"query": "russia OR китай OR 俄", "limit": 50}),
        ("search", {"query": "中国", "limit": 50, "context": 2}),
        ("show", {"ids": ["zh-nengyuan-yu-maoyi", "ru-energetika-i-torgovlya"]}),
        ("compare", {"query": "gas OR газ OR 天然气", "best": 3}),
        ("compare", {"ids": ["energy", "trade-and-currency"]}),
        ("sources", {"limit": 200}),
        (
            "check",
            {"text": "\n\n".join(f"«Россия и Китай подписали договор {n}»" for n in range(40))},
        ),
    ],
    ids=str,
)
def test_no_answer_is_larger_than_its_budget(
    tool: str, given: dict[str, object], most: int, asked: Assistant
) -> None:
    found = asked.call(tool, **given, max_tokens=most)
    assert not found.error, found.text
    assert found.size <= most
    if found.record["truncated"]:
        assert found.record["cursor"] in found.text
        assert found.text.split("\n")[-1].startswith("truncated")


def test_cursors_lead_through_all_of_it_once(
    asked: Assistant, sinorus: Sinorus, seeds: Path
) -> None:
    replies = asked.all("search", query="russia", limit=7, max_tokens=1_500)
    assert len(replies) > 5
    assert [name for reply in replies for name in reply.ids] == (
        sinorus("search", "russia", "-n", "all", "--json").ids
    )
    assert [reply.record["truncated"] for reply in replies] == [True] * (len(replies) - 1) + [False]
    replies = asked.all("show", ids=["energy", "treaty-2001#2-5"], max_tokens=1_200)
    assert [name for reply in replies for name in reply.ids] == [
        one["id"] for one in sinorus("show", "energy", "treaty-2001#2-5", "--json").json["results"]
    ]
    replies = asked.all("compare", query="treaty", best=0, max_tokens=900)
    whole = sinorus("compare", "treaty", "-n", "0", "--json").json
    for key in ("groups", "silent"):
        assert [one for reply in replies for one in reply.record[key]] == whole[key]
    replies = asked.all("sources", limit=3)
    assert [name for reply in replies for name in reply.ids] == sinorus("sources", "--json").ids


def test_what_is_wrong_is_a_result_with_the_sentence_and_the_hint_of_the_command(
    asked: Assistant, sinorus: Sinorus, seeds: Path
) -> None:
    for tool, given, command in (
        ("search", {"query": "alliance OR"}, ["search", "alliance OR"]),
        ("search", {"query": "titel:gas"}, ["search", "titel:gas"]),
        (
            "search",
            {"query": "gas", "since": "03/04/2022"},
            ["search", "gas", "--since", "03/04/2022"],
        ),
        ("show", {"ids": ["enrgy"]}, ["show", "enrgy"]),
        (
            "quote",
            {"ids": ["energy#4"], "sentence": ["9"]},
            ["quote", "energy#4", "--sentence", "9"],
        ),
        ("compare", {"query": "gas", "by": "colour"}, ["compare", "gas", "--by", "colour"]),
    ):
        found = asked.call(tool, **given)
        assert found.error
        assert found.text.split() == sinorus(*command).err.split()
        assert found.size < 800


def test_arguments_are_taken_strictly(asked: Assistant) -> None:
    for given, told in (
        ({"qury": "x"}, "search takes no 'qury' did you mean query?"),
        ({"query": "x", "path": "/etc"}, "search takes no 'path'"),
        ({"query": "x", "max_tokens": 10}, "max_tokens: input should be greater than or equal"),
        ({"query": "x", "lang": "ru"}, "lang: input should be a valid list"),
        ({"query": "x" * 1_001}, "query: string should have at most 1000 characters"),
        ({}, "there is nothing to search for"),
        ({"query": "x", "cursor": "nonsense"}, "this is no cursor"),
    ):
        found = asked.call("search", **given)
        assert found.error
        assert told in " ".join(found.text.split())
    cursor = asked.call("search", query="russia").record["cursor"]
    other = asked.call("search", query="china", cursor=cursor)
    assert other.error
    assert "belongs to another question" in other.text
    assert asked.call("show").text.startswith("error: show needs ids")
    assert "needs" in asked.call("quote", ids=["energy"], max_tokens=800).text


def test_the_tools_say_what_they_are(asked: Assistant) -> None:
    tools = asked.portal.call(asked.client.list_tools).tools
    assert [one.name for one in tools] == ["search", "show", "quote", "check", "compare", "sources"]
    for one in tools:
        assert one.input_schema["additionalProperties"] is False
        assert one.annotations is not None
        assert one.annotations.read_only_hint is True
        described = one.input_schema["properties"]
        assert all(part.get("description") or part.get("enum") for part in described.values())
    assert "oil NEAR/5 prices" in (tools[0].description or "")


def test_what_is_said_beside_an_answer_is_in_it(asked: Assistant) -> None:
    assert "did you mean alliance?" in asked.call("search", query="allianze").text
    assert "not asked in" in asked.call("search", query="alliance").text
    partial = asked.call("search", query="alliance Antarctica whales")
    assert partial.record["partial"]
    assert "no paragraph has all of the words" in partial.text
    part = asked.call("show", ids=["energy#2", "nowhere#1"])
    assert part.ids == ["background/energy#2"]
    assert "nowhere" in part.text


def test_documents_and_paragraphs_are_resources(asked: Assistant) -> None:
    text = asked.read("sinorus://background/energy%233")
    assert "background/energy#3@" in text
    assert asked.read("sinorus://energy#3") == text
    seen: list[str] = []
    where = "sinorus://zh-nengyuan-yu-maoyi"
    while where:
        text = asked.read(where)
        seen += [
            line[2:].split("@")[0] for line in text.split("\n") if line.startswith("> background/")
        ]
        _, _, more = text.partition("it goes on at ")
        where = more.split(",")[0]
    assert seen == [f"background/zh-nengyuan-yu-maoyi#{n}" for n in range(1, len(seen) + 1)]
    assert "nowhere" in asked.refused("sinorus://nowhere")
    assert "begins with sinorus://" in asked.refused("file:///etc/passwd")
    templates = asked.portal.call(asked.client.list_resource_templates).resource_templates
    assert [one.uri_template for one in templates] == ["sinorus://{+id}"]


def test_text_alone_has_room_for_more(asked: Assistant, seeds_indexed: Path) -> None:
    question = {"query": "russia", "limit": 50, "max_tokens": 2_000}
    both = asked.call("search", **question)
    with in_memory(seeds_indexed, text_only=True) as other:
        text = other.call("search", **question)
        assert text.record is None
        assert text.size <= 2_000
        assert text.text.count("\n[") >= 2 * both.text.count("\n[")
        _, _, cursor = text.text.partition("cursor=")
        assert other.call("search", **question, cursor=cursor).text.count("\n[") > 1


def test_a_prompt_says_how_to_cite(asked: Assistant) -> None:
    (prompt,) = asked.portal.call(asked.client.list_prompts).prompts
    found = asked.portal.call(asked.client.get_prompt, prompt.name, {"question": "Who signed?"})
    text = found.messages[0].content.text
    assert "ID#N@HASH" in text
    assert "check" in text
    assert text.endswith("Who signed?")
