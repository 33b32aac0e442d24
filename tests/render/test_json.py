"""JSON: the envelopes of the contract, checked against the schemas that are published."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from support.golden import assert_golden
from support.rendered import (
    COMPARED,
    EN_HIT,
    EN_PARAGRAPH,
    EN_TEXT,
    ENGLISH,
    FOUND,
    NOTE,
    NOTHING,
    RU_HIT,
    SHOWN,
    VALUES,
    only,
    printed,
)

import sinorus.render
from sinorus.model import Shown, SourcePage
from sinorus.render import Look, schema_names

SCHEMAS = {
    name: json.loads(
        Path(sinorus.render.__file__).with_name("schemas").joinpath(f"{name}.json").read_text()
    )
    for name in schema_names()
}


def document(command, value, look=None):
    return json.loads(printed(command, "json", value, look))


def records(command, value, look=None):
    text = printed(command, "jsonl", value, look)
    return [json.loads(line) for line in text.split("\n")[:-1]]


def part(schema, name):
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMAS[schema]["$defs"]})


@pytest.mark.parametrize("name", SCHEMAS)
def test_real_output_is_what_the_schema_says(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    Draft202012Validator(SCHEMAS[name]).validate(document(name, VALUES[name]))


def test_nothing_found_is_the_same_envelope():
    found = document("search", NOTHING)
    Draft202012Validator(SCHEMAS["search"]).validate(found)
    assert found["results"] == []
    assert found["limit"] is None
    for name, empty in (("show", ()), ("sources", SourcePage.of(())), ("searches", ())):
        Draft202012Validator(SCHEMAS[name]).validate(document(name, empty))


def test_lines_hold_the_same_records():
    for one in records("search", FOUND):
        part("search", "result").validate(one)
    for one in records("show", SHOWN):
        part("show", "shown").validate(one)
    for one in records("compare", COMPARED):
        part("compare", "group").validate(one)
    for one in records("compare-texts", VALUES["compare-texts"]):
        part("compare-texts", "row").validate(one)
    for one in records("sources", VALUES["sources"]):
        part("sources", "document").validate(one)
    for one in records("check", VALUES["check"]):
        part("check", "finding").validate(one)
    for one in records("names", VALUES["names"]):
        part("names", "named").validate(one)
    assert records("search", FOUND) == document("search", FOUND)["results"]


def test_lines_of_a_comparison_tell_the_silent_groups():
    assert [(one["key"], one["silent"]) for one in records("compare", COMPARED)] == [
        ("Journal of Strategy", False),
        ("Kremlin", False),
        (None, False),
        ("Pravda", True),
        (None, True),
    ]


def test_a_part_means_the_same_in_every_schema():
    meanings: dict[str, object] = {}
    for schema in SCHEMAS.values():
        for name, meaning in schema.get("$defs", {}).items():
            assert meanings.setdefault(name, meaning) == meaning


def test_a_record_without_a_key_is_refused_and_a_new_key_is_not():
    record = records("search", FOUND)[0]
    part("search", "result").validate(record | {"new": 1})
    for key in record:
        lacking = {name: value for name, value in record.items() if name != key}
        assert not part("search", "result").is_valid(lacking)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_document_is_as_it_is_published(name):
    assert_golden(f"render/{name}.json", printed(name, "json", VALUES[name], Look(terminal=True)))


def test_numbers_are_rounded_and_infinity_is_null():
    assert document("search", FOUND)["results"][0]["score"] == 12.3457
    group = document("compare", COMPARED)["groups"][0]
    assert group["rate"] == 2.777
    assert group["keywords"][1]["log_ratio"] is None


def test_offsets_count_code_points_of_the_text():
    result = document("search", FOUND)["results"][0]
    matched = [result["text"][span["start"] : span["end"]] for span in result["matches"]]
    assert matched == ["Washington", "American", "alliance"]


def test_styles_and_footnotes_are_told_of_hits_neighbours_and_what_is_shown():
    result = document("search", FOUND)["results"][0]
    assert [result["text"][span["start"] : span["end"]] for span in result["spans"]] == [
        "Neither",
        "Washington",
    ]
    assert [span.get("target") for span in result["spans"]] == [None, "https://e.org/w"]
    assert (result["kind"], result["notes"], result["noted_by"]) == ("text", ["kim-2020#31"], [])
    (shown,) = document("show", [Shown("kim-2020#31", ENGLISH, NOTE)])["results"]
    assert (shown["kind"], shown["noted_by"]) == ("footnote", ["kim-2020#3", "kim-2020#5"])
    beside = only(replace(RU_HIT, before=(NOTE,), after=(EN_PARAGRAPH,)))
    (result,) = document("search", beside)["results"]
    assert result["speaker"] == "В. Путин"
    assert result["before"][0]["noted_by"] == ["kim-2020#3", "kim-2020#5"]
    assert [span["kind"] for span in result["after"][0]["spans"]] == ["strong", "link"]


def test_text_is_exact_and_cannot_drive_a_terminal():
    text = "a\x00\x1b[31m\x7f\x85\x9b\u2028\u202e\u2066\t\n[sic] 普京 \U00020000"
    raw = printed("search", "json", with_text(text), Look())
    assert json.loads(raw)["results"][0]["text"] == text
    assert "普京" in raw
    assert not set(text[:11]) & set(raw) - set("a[31m")


def test_a_lone_surrogate_becomes_the_replacement_character():
    raw = printed("search", "json", with_text("a\udce9b"), Look())
    assert json.loads(raw.encode("utf-8"))["results"][0]["text"] == "a\ufffdb"


def test_a_stream_that_is_not_utf_8_gets_ascii():
    raw = printed("search", "json", FOUND, Look(encoding="cp1251"))
    assert raw.isascii()
    assert json.loads(raw) == document("search", FOUND)


def test_only_a_terminal_gets_indentation():
    assert printed("show", "json", SHOWN, Look()).count("\n") == 1
    assert printed("show", "json", SHOWN, Look(terminal=True)).count("\n") > 50


def test_each_record_of_many_queries_carries_its_query():
    assert [one["query"] for one in records("searches", VALUES["searches"])] == [FOUND.query] * 3
    assert "query" not in records("search", FOUND)[0]


def with_text(text):
    hit = replace(EN_HIT, paragraph=replace(EN_HIT.paragraph, text=text), matches=())
    assert EN_HIT.paragraph.text == EN_TEXT
    return only(hit)
