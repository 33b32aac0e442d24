"""What each tool may be given: the schema that an assistant reads, and how it is held to it."""

from __future__ import annotations

from difflib import get_close_matches
from inspect import get_annotations
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sinorus.errors import SinorusError
from sinorus.model import KINDS, SourceSort
from sinorus.model.citation import QuoteMarks, QuoteStyle

LEAST, USUAL, MOST = 800, 2_000, 20_000
"""Tokens that an answer may be allowed."""
_DRAFT = 400_000

Word = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Words = Annotated[list[Word], Field(max_length=20)]
Ids = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=1_000)]], Field()]


class Arguments(BaseModel):
    """What every tool may be given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_tokens: int = Field(
        default=USUAL,
        ge=LEAST,
        le=MOST,
        description="How large the answer may be, all of it counted.",
    )
    cursor: str = Field(
        default="",
        max_length=300,
        description="From a truncated answer, to go on: repeat its other arguments.",
    )

    @property
    def question(self) -> str:
        """What a cursor is bound to: all but how much is wanted, and from where."""
        return self.model_dump_json(exclude={"max_tokens", "cursor"})


class Filtered(Arguments):
    """Filters: several values of one are alternatives, several filters must all let through."""

    author: Words = Field(default=[], description="Names, in any of their forms.")
    publisher: Words = Field(default=[], description="Publishers or journals.")
    source: Words = Field(default=[], description="Ids of documents.")
    lang: Words = Field(default=[], description="en, ru, zh or another language.")
    tag: Words = Field(default=[], description="Tags.")
    kind: Words = Field(default=[], description=f"Kinds of paragraphs: {' '.join(KINDS)}.")
    since: str = Field(
        default="", max_length=60, description="First date: 2022, 2022-05, 3 years ago."
    )
    until: str = Field(default="", max_length=60, description="Last date.")

    @property
    def filters(self) -> dict[str, list[str]]:
        """The filters that were given, as a query has them."""
        named = ("author", "publisher", "source", "lang", "tag", "kind")
        found = {name: list(getattr(self, name)) for name in named}
        found |= {name: [value] for name in ("since", "until") if (value := getattr(self, name))}
        return {name: values for name, values in found.items() if values}


class Reading(Filtered):
    """How the words of a query are taken."""

    across: bool = Field(default=False, description="Words in English, Russian and Chinese alike.")
    exact: bool = Field(default=False, description="Only the forms that are written, no others.")


class Search(Reading):
    """What `search` may be given."""

    query: str = Field(
        default="",
        max_length=1_000,
        description="In the query language; empty: all filters let through.",
    )
    limit: int = Field(default=10, ge=1, le=50, description="Paragraphs an answer at most.")
    sort: Literal["relevance", "date", "-date", "title"] = "relevance"
    max_per_document: int = Field(
        default=0, ge=0, le=1_000, description="Of one document; 0: any number."
    )
    context: int = Field(default=0, ge=0, le=5, description="Paragraphs before and after each.")


class Show(Arguments):
    """What `show` may be given."""

    ids: Ids = Field(
        min_length=1,
        max_length=50,
        description="DOCUMENT, DOCUMENT#3, DOCUMENT#3-7 or DOCUMENT#3@HASH; ends of ids will do.",
    )
    context: int = Field(default=0, ge=0, le=20, description="Paragraphs before and after each.")
    query: str = Field(default="", max_length=1_000, description="What to mark in them.")


class Compare(Reading):
    """What `compare` may be given."""

    query: str = Field(
        default="", max_length=1_000, description="What groups of sources say of this."
    )
    by: str = Field(
        "document",
        max_length=60,
        description="document publisher author year decade lang folder, or a key of the metadata.",
    )
    best: int = Field(default=1, ge=0, le=5, description="Paragraphs a group.")
    ids: Ids = Field(
        default=[], max_length=2, description="In place of a query: two texts, held side by side."
    )
    only: Literal["", "changed", "moved"] = Field(
        default="", description="Of two texts only such rows."
    )


class Quote(Arguments):
    """What `quote` may be given."""

    ids: Ids = Field(min_length=1, max_length=20, description="Paragraphs or ranges of them.")
    style: QuoteStyle = Field("markdown", description="What the draft is written in.")
    sentence: Words = Field(default=[], description="Only these sentences: 2, or 2..4.")
    around: str = Field(
        default="", max_length=300, description="Only the sentence with these words."
    )
    words: str = Field(
        default="", max_length=300, description="FROM..TO: from some words to others."
    )
    marks: QuoteMarks = Field("auto", description="Quotation marks of this language.")


class Check(Arguments):
    """What `check` may be given."""

    text: str = Field(
        min_length=1, max_length=_DRAFT, description="The draft itself, not the name of a file."
    )
    format: Literal["markdown", "latex", "org", "typst", "html", "plain"] = "markdown"
    least_words: int = Field(
        default=3,
        ge=0,
        le=100,
        description="Quotations up to this long are counted, not looked up.",
    )


class Sources(Filtered):
    """What `sources` may be given."""

    words: str = Field(
        default="", max_length=300, description="In id, title, author, publisher or tags."
    )
    limit: int = Field(default=20, ge=1, le=200, description="Documents an answer at most.")
    sort: SourceSort = Field("id", description="With a minus the latest or longest first.")


Given = TypeVar("Given", bound=Arguments)


def schema(model: type[Arguments]) -> dict[str, Any]:
    """The JSON Schema of what a tool takes, its own arguments first.

    Without what says nothing to a reader: every assistant pays for it with each conversation.
    """
    found = model.model_json_schema()
    own = [name for one in model.__mro__ for name in get_annotations(one)]
    properties = {name: found["properties"][name] for name in own if name in found["properties"]}
    for part in properties.values():
        part.pop("title", None)
        if part.get("default") in ("", [], 0, False):
            del part["default"]
        if "items" in part:
            part["items"] = {"type": part["items"]["type"]}
    found["properties"] = properties
    kept = ("type", "properties", "required", "additionalProperties")
    return {key: found[key] for key in kept if key in found}


def read(tool: str, model: type[Given], given: dict[str, Any]) -> Given:
    """The arguments of a call. Raises SinorusError with what is wrong with the first of them."""
    try:
        return model.model_validate(given)
    except ValidationError as fault:
        wrong = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    name = ".".join(str(part) for part in wrong["loc"])[:60]
    if wrong["type"] == "extra_forbidden":
        near = get_close_matches(name, model.model_fields, 1, 0.5)
        hint = f"did you mean {near[0]}? " if near else ""
        raise SinorusError(
            f"{tool} takes no {name!r}", f"{hint}it takes {', '.join(model.model_fields)}"
        )
    if wrong["type"] == "missing":
        raise SinorusError(f"{tool} needs {name}", model.model_fields[name].description or "")
    message = wrong["msg"][:1].lower() + wrong["msg"][1:]
    raise SinorusError(f"{tool}: {name}: {message}")
