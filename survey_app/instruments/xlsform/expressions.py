"""The expressions of XLSForms, read: the part of XPath that conditions are made of.

    ${alter} >= 14 and (selected(${sport}, 'ball') or not(${verein} = 'nein'))

A recursive descent, one method per level of binding, loosest first:

    either     = both ("or" both)*
    both       = comparison ("and" comparison)*
    comparison = operand (("=" | "!=" | ">=" | "<=" | ">" | "<") operand)?
    operand    = reference | "." | number | 'text' | name "(" arguments ")" | "(" either ")"

Every part knows its position (from 1), so that a fault can be pointed at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

MAX_LENGTH = 2_000
MAX_DEPTH = 30


class ExpressionError(ValueError):
    """Raised for an expression that cannot be read or used; `at` is the position, from 1."""

    def __init__(self, at: int, sentence: str) -> None:
        super().__init__(sentence)
        self.at = at
        self.sentence = sentence


@dataclass(frozen=True)
class Reference:
    """The answer to a question: ``${name}``; the answer to this one: ``.`` (no name)."""

    name: str | None
    at: int


@dataclass(frozen=True)
class Literal:
    """A text or a number, as it is spelled."""

    text: str
    at: int


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Expression", ...]
    at: int


@dataclass(frozen=True)
class Comparison:
    """Two operands and the sign between them."""

    sign: str
    left: "Expression"
    right: "Expression"
    at: int


@dataclass(frozen=True)
class Combination:
    """Several parts joined by `and` or by `or`."""

    word: str
    parts: tuple["Expression", ...]
    at: int


Expression = Reference | Literal | Call | Comparison | Combination


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


TOKENS = re.compile(
    r"""(?P<space>\s+)
      | (?P<reference>\$\{\s*[^${}]*?\s*\})
      | (?P<text>'[^']*'|"[^"]*"|[‘’‚][^‘’‚]*[‘’]|[“”„][^“”„]*[“”])
      | (?P<digits>-?(\d+(\.\d+)?|\.\d+))
      | (?P<name>[^\W\d][\w.-]*(:[\w.-]+)?)
      | (?P<sign>!=|>=|<=|=|>|<)
      | (?P<bracket>[(),])
      | (?P<self>\.)
    """,
    re.VERBOSE,
)


def read_expression(text: str) -> Expression:
    """Return what an expression means. Raises ExpressionError."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(1, f"der Ausdruck ist länger als {MAX_LENGTH} Zeichen")
    return _Reader(text).expression()


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = TOKENS.match(text, at)
        if found is None:
            raise ExpressionError(at + 1, _strange(text[at:]))
        if found.lastgroup != "space":
            yield _Token(str(_kind(found)), found[0], at + 1)
        at = found.end()
    yield _Token("end", "", len(text) + 1)


def _kind(found: re.Match[str]) -> str:
    return next(name for name, value in found.groupdict().items() if value is not None)


def _strange(rest: str) -> str:
    if rest[0] in "'\"‘’‚“”„":
        return "das Anführungszeichen, das hier aufgeht, geht nicht wieder zu"
    if rest[0] in "+*/-|":
        return f"gerechnet wird in Bedingungen nicht („{rest[0]}“)"
    return f"mit „{rest[:10]}“ ist nichts anzufangen"


class _Reader:
    """Reads the tokens of one expression, from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.next = 0
        self.depth = 0

    def expression(self) -> Expression:
        """Return the whole expression."""
        found = self.either()
        if self.token.kind != "end":
            self.refuse(f"„{self.token.text}“ passt hier nicht")
        return found

    def either(self) -> Expression:
        """Read what is joined by `or`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.refuse(f"hier sind mehr als {MAX_DEPTH} Klammern ineinander")
        at, parts = self.token.at, [self.both()]
        while self.takes_word("or"):
            parts.append(self.both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Combination("or", tuple(parts), at)

    def both(self) -> Expression:
        """Read what is joined by `and`."""
        at, parts = self.token.at, [self.comparison()]
        while self.takes_word("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Combination("and", tuple(parts), at)

    def comparison(self) -> Expression:
        """Read one operand, or two with a sign between them."""
        at, left = self.token.at, self.operand()
        if self.token.kind != "sign":
            return left
        sign = self.take().text
        if self.token.text == "=":
            self.refuse("hier steht „==“. Schreib „=“")
        return Comparison(sign, left, self.operand(), at)

    def operand(self) -> Expression:
        """Read a reference, a value, a call or something in brackets."""
        token = self.take()
        match token.kind:
            case "reference":
                return Reference(token.text[2:-1].strip(), token.at)
            case "self":
                return Reference(None, token.at)
            case "text":
                return Literal(token.text[1:-1], token.at)
            case "digits":
                return Literal(token.text, token.at)
            case "name" if self.token.text == "(":
                return Call(token.text.lower(), tuple(self.arguments()), token.at)
            case "bracket" if token.text == "(":
                found = self.either()
                self.expect(")")
                return found
        self.next -= 1
        return self.refuse_operand()

    def arguments(self) -> Iterator[Expression]:
        """Read what stands in the brackets of a call."""
        self.expect("(")
        if self.token.text != ")":
            yield self.either()
            while self.token.text == ",":
                self.take()
                yield self.either()
        self.expect(")")

    @property
    def token(self) -> _Token:
        """Return the token that comes next."""
        return self.tokens[self.next]

    def take(self) -> _Token:
        """Return the next token and go behind it; nothing is behind the end."""
        token = self.token
        if token.kind != "end":
            self.next += 1
        else:
            self.refuse("hier fehlt etwas: Der Ausdruck ist noch nicht zu Ende")
        return token

    def takes_word(self, word: str) -> bool:
        """Go behind the next token if it is `word`, and return whether it was."""
        found = self.token.kind == "name" and self.token.text.lower() == word
        self.next += found
        return found

    def expect(self, bracket: str) -> None:
        """Go behind a bracket."""
        if self.token.text != bracket:
            self.refuse(f"hier fehlt „{bracket}“")
        self.next += 1

    def refuse_operand(self) -> NoReturn:
        """Refuse what stands where a question or a value should."""
        if self.token.kind == "name":
            word = self.token.text
            self.refuse(f"„{word}“ steht ohne Anführungszeichen oder ohne ${{ }}")
        self.refuse(f"vor „{self.token.text}“ fehlt etwas")

    def refuse(self, sentence: str) -> NoReturn:
        """Raise an error at the next token."""
        raise ExpressionError(self.token.at, sentence)
