"""Nests the tokens of a script into nodes; every string is accepted, and what does not fit is mended and noted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from redub.core.ssml.nodes import Junk, Mark, Node, Text
from redub.core.ssml.problems import Problem, Replacement, problem
from redub.core.ssml.tokens import Kind, Token, decode, tokenize
from redub.core.ssml.vocabulary import TAGS, Content

MAX_DEPTH = 32
"""Marks in marks; deeper ones are refused, so that no script can exhaust the stack."""


def is_empty_only(tag: str) -> bool:
    """Say whether the mark `tag` can hold nothing."""
    return tag in TAGS and TAGS[tag].content is Content.EMPTY


@dataclass(slots=True)
class _Frame:
    """A mark whose end has not come yet, with what it holds so far."""

    token: Token
    children: list[Node] = field(default_factory=list)


class Builder:
    """Nests the tokens of one source, mending what does not fit and noting it.

    :ivar problems: what was noted, in no order
    """

    def __init__(self, source: str, depth: int = 0) -> None:
        """Read `source`, which lies inside of `depth` marks."""
        self._source = source
        self._room = MAX_DEPTH - depth
        self._nodes: list[Node] = []
        self._frames: list[_Frame] = []
        self._open: Counter[str] = Counter()
        self._text_start: int | None = None
        self.problems: list[Problem] = []

    def build(self) -> tuple[Node, ...]:
        """Return the nodes; they cover the source without gap or overlap."""
        tokens = list(tokenize(self._source))
        for index, token in enumerate(tokens):
            self.problems.extend(token.problems)
            self._take(token, tokens, index)
        self._end_text(len(self._source))
        while self._frames:
            self._end_unclosed()
        return tuple(self._nodes)

    def _take(self, token: Token, tokens: list[Token], index: int) -> None:
        if token.kind is Kind.TEXT:
            self._text_start = token.start if self._text_start is None else self._text_start
            return
        self._end_text(token.start)
        if token.kind is Kind.JUNK:
            self._add_junk(token)
        elif token.kind is Kind.CLOSE:
            self._close(token)
        elif token.kind is Kind.EMPTY or self._ends_in_itself(tokens, index):
            self._add(self._mark(_Frame(token), token.end, ""))
        else:
            self._begin(token)

    @property
    def _children(self) -> list[Node]:
        return self._frames[-1].children if self._frames else self._nodes

    def _add(self, node: Node) -> None:
        self._children.append(node)

    def _note(self, code: str, token: Token, replacement: Replacement, **words: object) -> None:
        self.problems.append(problem(code, token.start, token.end, replacement, **words))

    def _end_text(self, end: int) -> None:
        """Add the text that runs up to `end`; pieces that stand side by side are one text."""
        start, self._text_start = self._text_start, None
        if start is not None:
            raw = self._source[start:end]
            self._add(Text(decode(raw).text, start, end, raw))

    def _add_junk(self, token: Token) -> None:
        self._add(Junk(self._source[token.start : token.end], token.start, token.end))

    def _begin(self, token: Token) -> None:
        if len(self._frames) >= self._room:
            self._note("too_deep", token, (token.start, token.end, ""), limit=MAX_DEPTH)
            self._add_junk(token)
            return
        self._frames.append(_Frame(token))
        self._open[token.name] += 1

    def _close(self, token: Token) -> None:
        if not self._open[token.name]:
            self._note("stray_close", token, (token.start, token.end, ""), name=token.name)
            self._add_junk(token)
            return
        while self._frames[-1].token.name != token.name:
            self._end_crossed(token)
        self._end(token.end, self._source[token.start : token.end])

    def _end(self, end: int, closing: str) -> None:
        frame = self._frames.pop()
        self._open[frame.token.name] -= 1
        self._add(self._mark(frame, end, closing))

    def _end_crossed(self, closer: Token) -> None:
        inner = self._frames[-1].token
        here = (closer.start, closer.start, f"</{inner.name}>")
        self._note("crossed", inner, here, name=inner.name, outer=closer.name)
        self._end(closer.start, "")

    def _end_unclosed(self) -> None:
        inner, end = self._frames[-1].token, len(self._source)
        self._note("unclosed", inner, (end, end, f"</{inner.name}>"), name=inner.name)
        self._end(end, "")

    def _ends_in_itself(self, tokens: list[Token], index: int) -> bool:
        """Say whether an empty-only mark was begun and not ended: it is taken as ended at once, and noted."""
        token = tokens[index]
        if not is_empty_only(token.name):
            return False
        behind = (tokens[place] for place in range(index + 1, len(tokens)))
        after = next((other for other in behind if other.kind is not Kind.TEXT), None)
        if after and after.kind is Kind.CLOSE and after.name == token.name:
            return False
        self._note("unclosed_empty", token, (token.end - 1, token.end, "/>"), name=token.name)
        return True

    def _mark(self, frame: _Frame, end: int, closing: str) -> Mark:
        token = frame.token
        return Mark(
            tag=token.name,
            attributes=tuple((one.name, one.value) for one in token.attributes),
            children=tuple(frame.children),
            start=token.start,
            end=end,
            opening=self._source[token.start : token.end],
            closing=closing,
        )
