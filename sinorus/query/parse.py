"""A query text to a tree, or an error with the column of the fault.

any   := all (("OR" | "|") all)*
all   := not (["AND"] not)*
not   := ("NOT" | "-") not | near
near  := atom (("NEAR/n" | "ADJ/n") atom)*
atom  := ["="] "(" any ")" | "quotation"[~n] | field:value | word
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sinorus.errors import QueryError
from sinorus.query import nodes
from sinorus.query.bounds import DEPTH, WINDOW, check_length, fault_in
from sinorus.query.fields import field_node, known_field
from sinorus.query.lexer import Lexeme, Lexer
from sinorus.query.nodes import assert_never
from sinorus.query.tree import flatten, restricts
from sinorus.query.values import FieldError, Value
from sinorus.query.word_count import WordCounter
from sinorus.query.words import Exact, WordError, joined, quotation, word, words
from sinorus.text.joins import written

_EMPTY_HINT = 'write a word, a "phrase", or a filter such as date:2022'


def parse(
    query: str, *, fields: Collection[str] = (), exact: Exact = False, any_word: bool = False
) -> nodes.Node:
    """The tree of `query`. `fields` are the library's own fields beside those of every library; a
    mapping also has their values.

    `exact`: no word is stemmed, see `words.Exact`. `any_word`: words side by side are joined by OR,
    and what is written as one (`中俄`, `F-16`) is taken apart. Raises QueryError with
    the column of the fault.
    """
    return _Parser(query, fields, exact, any_word).run()


def parse_literal(query: str, *, exact: Exact = False, any_word: bool = False) -> nodes.Node:
    """The tree of `query` with no operators in it. Raises QueryError if it has no word."""
    check_length(query)
    counter = WordCounter(query)
    parts: list[nodes.Node] = []
    for start, chunk in written(query):
        node = joined(words(chunk, exact, run=True), run=True)
        counter.add(node, chunk, start)
        if node is not None:
            parts.append(node)
    if not parts:
        raise fault_in(query, "there is no word in this query", 0, _EMPTY_HINT)
    return _sequence(parts, any_word)


class _Parser:
    def __init__(self, query: str, fields: Collection[str], exact: Exact, any_word: bool) -> None:
        self.lexer = Lexer(query)
        self.fields, self.exact, self.any_word = fields, exact, any_word
        self.lexemes = self.lexer.lexemes()
        self.counter = WordCounter(query)
        self.at = 0
        self.depth = 0

    @property
    def peek(self) -> Lexeme:
        return self.lexemes[self.at]

    def advance(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def accept(self, kind: str) -> Lexeme | None:
        """Advances if the next lexeme is of this kind, and returns it."""
        return self.advance() if self.peek.kind == kind else None

    def run(self) -> nodes.Node:
        node = self.any_of()
        if self.peek.kind == ")":
            raise self.lexer.error(
                "this bracket was never opened",
                self.peek.column,
                "remove it",
                "unclosed query",
            )
        if node is None:
            raise self.lexer.error("there is nothing to search for", 0, _EMPTY_HINT)
        return node

    def any_of(self) -> nodes.Node | None:
        found: list[nodes.Node | None] = [self.all_of()]
        while self.peek.kind == "or":
            operator = self.advance()
            self.operand_before(found[-1], operator)
            found.append(self.operand_after(self.all_of(), operator))
        parts = [node for node in found if node is not None]
        return flatten(nodes.Or, parts) if parts else None

    def all_of(self) -> nodes.Node | None:
        """Operands side by side; those joined by AND are one operand of an any-word search."""
        found: list[nodes.Node] = []
        while True:
            if self.peek.kind == "and":
                operator = self.advance()
                left = self.operand_before(found.pop() if found else None, operator)
                bound = [left, self.operand_after(self.negation(), operator)]
                # A whole chain at once: one AND for each operand would take quadratic time.
                while further := self.accept("and"):
                    bound.append(self.operand_after(self.negation(), further))
                found.append(flatten(nodes.And, bound))
            elif self.peek.kind in ("or", ")", "end"):
                break
            elif (node := self.negation()) is not None:
                found.append(node)
        return _sequence(found, self.any_word) if found else None

    def negation(self) -> nodes.Node | None:
        if self.peek.kind != "not":
            return self.near()
        operator = self.advance()
        self.descend(operator)
        node = self.operand_after(self.negation(), operator)
        self.depth -= 1
        return node.part if isinstance(node, nodes.Not) else nodes.Not(node)

    def near(self) -> nodes.Node | None:
        node = self.atom()
        while self.peek.kind in ("near", "adj"):
            operator = self.advance()
            parts: list[nodes.Positional] = []
            for operand in (
                self.operand_before(node, operator),
                self.operand_after(self.atom(), operator),
            ):
                parts.extend(self.near_operand(operand, operator))
            self.check_window(len(parts), operator.column)
            node = nodes.Near(tuple(parts), operator.number, operator.kind == "adj")
        return node

    def near_operand(self, node: nodes.Node, operator: Lexeme) -> tuple[nodes.Positional, ...]:
        match node:
            case nodes.AnyPositional():
                return (node,)
            case nodes.Or() if all(isinstance(part, nodes.AnyPositional) for part in node.parts):
                return (nodes.Synonyms(node.parts),)  # type: ignore[arg-type]
            case nodes.Near(distance=distance, ordered=ordered) if (distance, ordered) == (
                operator.number,
                operator.kind == "adj",
            ):
                return node.parts  # a NEAR/5 b NEAR/5 c
            case nodes.And() | nodes.Or() | nodes.Not() | nodes.Near() | nodes.Everything():
                pass
            case nodes.AnyFilter():
                pass
            case _:
                assert_never(node)
        raise self.lexer.error(
            f"{operator.text} joins words, phrases and (a OR b)",
            operator.column,
            "write alliance NEAR/5 (treaty OR pact)",
        )

    def atom(self) -> nodes.Node | None:
        lexeme = self.peek
        if lexeme.kind == "(":
            return self.bracket()
        if lexeme.kind == "exact":
            return self.exact_bracket()
        if lexeme.kind == "phrase":
            self.advance()
            return self.quotation(lexeme)
        if lexeme.kind == "field":
            return self.field()
        if lexeme.kind == "word":
            self.advance()
            try:
                found = word(lexeme.text, self.exact)
            except WordError as fault:
                column = lexeme.column + fault.offset
                raise self.lexer.error(fault.message, column, fault.hint) from None
            self.counter.add(found, lexeme.text, lexeme.column)
            return found
        return None

    def quotation(self, lexeme: Lexeme) -> nodes.Node | None:
        title = self.lexer.query[lexeme.column] in "《〈"
        try:
            node = quotation(lexeme.text, lexeme.number, self.exact or lexeme.exact, title)
        except WordError as fault:
            column = lexeme.column + 1 + fault.offset
            raise self.lexer.error(fault.message, column, fault.hint) from None
        self.counter.add(node, lexeme.text, lexeme.column + 1)
        if isinstance(node, nodes.Near):
            self.check_window(len(node.parts), lexeme.column)
        return node

    def check_window(self, parts: int, column: int) -> None:
        """Raises QueryError for a NEAR, ADJ or quotation of too many parts."""
        if parts > WINDOW:
            raise self.lexer.error(
                f"at most {WINDOW} words can be looked for in one window",
                column,
                "write fewer, or join them by AND",
            )

    def exact_bracket(self) -> nodes.Node | None:
        """`=( )`: all words in the brackets as they are written."""
        self.advance()
        before, self.exact = self.exact, self.exact or True
        node = self.bracket()
        self.exact = before
        return node

    def bracket(self) -> nodes.Node | None:
        opening = self.advance()
        self.descend(opening)
        node = self.any_of()
        if self.peek.kind != ")":
            raise self.lexer.error(
                "this bracket is never closed", opening.column, "close it with )"
            )
        self.advance()
        self.depth -= 1
        return node

    def field(self) -> nodes.Node:
        lexeme = self.advance()
        value = self.peek
        behind = lexeme.column + len(lexeme.text) + 1 + len(value.sign)
        adjoining = value.column == behind and value.kind in ("word", "phrase", "(")
        try:
            name = known_field(lexeme.text, self.fields)
            if not adjoining:
                raise FieldError(f"{name}: has no value", f"write {name}:value")
        except FieldError as fault:
            column = behind if fault.value else lexeme.column
            raise self.lexer.error(fault.message, column, fault.hint) from None
        if value.kind == "(":
            return self.field_alternatives(name)
        self.advance()
        following = self.peek
        joined_on = following.column == value.column + 1 and following.kind != "end"
        if value.text in ("-", "=") and value.kind == "word" and joined_on:
            raise self.lexer.error(
                f"{value.text} stands before a word of the value",
                value.column,
                f'write -{name}:… or {name}:="two words"',
            )
        return self.field_value(name, value)

    def field_value(self, name: str, value: Lexeme) -> nodes.Node:
        quoted = value.kind == "phrase"
        try:
            said = Value(value.text, quoted, value.number, value.sign)
            node = field_node(name, said, self.fields)
        except FieldError as fault:
            column = value.column + fault.offset + (quoted and fault.offset > 0)
            raise self.lexer.error(fault.message, column, fault.hint) from None
        self.counter.add(node, value.text, value.column + quoted)
        return node

    def field_alternatives(self, name: str) -> nodes.Node:
        """`lang:(ru OR zh)`: an OR of the field with each value in the brackets."""
        opening = self.advance()
        parts = [self.alternative(name, opening)]
        while self.accept("or"):
            parts.append(self.alternative(name, opening))
        if self.peek.kind != ")":
            raise self.alternatives_fault(name, opening)
        self.advance()
        return flatten(nodes.Or, parts)

    def alternative(self, name: str, opening: Lexeme) -> nodes.Node:
        if self.peek.kind not in ("word", "phrase"):
            raise self.alternatives_fault(name, opening)
        return self.field_value(name, self.advance())

    def alternatives_fault(self, name: str, opening: Lexeme) -> QueryError:
        return self.lexer.error(
            f"{name}:( ) takes values joined by OR",
            opening.column,
            f"write {name}:(one OR two)",
        )

    def operand_before(self, node: nodes.Node | None, operator: Lexeme) -> nodes.Node:
        if node is None:
            raise self.lexer.error(
                f"{operator.text} has nothing before it", operator.column, self.quoted(operator)
            )
        return node

    def operand_after(self, node: nodes.Node | None, operator: Lexeme) -> nodes.Node:
        if node is None:
            raise self.lexer.error(
                f"{operator.text} has nothing after it", operator.column, self.quoted(operator)
            )
        return node

    def quoted(self, operator: Lexeme) -> str:
        return f'add a word, or search for the word itself: "{operator.text}"'

    def descend(self, lexeme: Lexeme) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise self.lexer.error(
                f"more than {DEPTH} brackets inside each other", lexeme.column, "write fewer"
            )


def _sequence(parts: Sequence[nodes.Node], any_word: bool) -> nodes.Node:
    """Parts side by side: all of them, or in an any-word search any of the positive ones."""
    if not any_word:
        return flatten(nodes.And, list(parts))
    required: list[nodes.Node] = [part for part in parts if restricts(part)]
    pieces = [piece for part in parts if not restricts(part) for piece in _apart(part)]
    # A word without its hyphens comes last, or its parts would have other neighbours than written.
    optional = [node for node, whole in pieces if not whole]
    optional += [node for node, whole in pieces if whole]
    if optional:
        required.insert(0, flatten(nodes.Or, optional))
    return flatten(nodes.And, required)


def _apart(node: nodes.Node) -> list[tuple[nodes.Node, bool]]:
    """The words of an unquoted run (`boundary-layer`, `中俄`), one by one; other nodes as they are.

    Side by side in the query, they still rank a paragraph higher that has them side by side. The
    second of a pair says whether it is a word without the hyphens that it was written with.
    """
    match node:
        case nodes.Phrase() if node.run:
            return [piece for part in node.parts for piece in _apart(part)]
        case nodes.Term(tight=True):
            return [(replace(node, tight=False), False)]
        case nodes.Synonyms() if node.shown:
            return [*_apart(node.parts[0]), *((part, True) for part in node.parts[1:])]
        case _:
            return [(node, False)]
