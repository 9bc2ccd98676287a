"""The script as a document: text and marks with their exact places, written back exactly as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from redub.core.ssml.problems import Problem, Replacement, problem
from redub.core.ssml.tokens import (
    LINE_BREAKS,
    Kind,
    Token,
    decode,
    escape,
    escape_value,
    read_tag,
    tokenize,
    without_control_characters,
)
from redub.core.ssml.vocabulary import TAGS, Content

MAX_DEPTH = 32
"""Marks in marks; deeper ones are refused, so that no script can exhaust the stack."""

SENTENCE_ENDS = ".!?…。！？"
PUNCTUATION = SENTENCE_ENDS + ",;:、，；：．"
_CLOSERS = "\"'”’」』）)】》"


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it is meant; `raw` is how the source writes it ("" for text that was never in a source)."""

    text: str
    start: int = 0
    end: int = 0
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark with what it holds.

    :ivar attributes: (name, decoded value) in the order of the source
    :ivar start: offset of its <; `end` is the offset behind the last > that belongs to it
    :ivar opening: the beginning as the source writes it, "" for a new mark; `closing` the end, "" when empty
    """

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()
    start: int = 0
    end: int = 0
    opening: str = ""
    closing: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return the value of the setting `name`."""
        return next((value for key, value in self.attributes if key == name), default)

    @property
    def inner_start(self) -> int:
        """Return the offset behind its beginning."""
        return self.start + len(self.opening)

    @property
    def inner_end(self) -> int:
        """Return the offset before its end."""
        return self.end - len(self.closing)


@dataclass(frozen=True, slots=True)
class Junk:
    """A piece that means nothing in a script (a stray end, a comment, a declaration), as it is written."""

    raw: str
    start: int = 0
    end: int = 0


Node = Text | Mark | Junk


@dataclass(frozen=True, slots=True)
class Document:
    """A script: its source, its nodes, and what is wrong with how it is written."""

    source: str
    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...] = ()


def parse(ssml: str) -> Document:
    """Read `ssml`; never raises, and `serialise(parse(s).nodes) == s` holds for every string."""
    builder = _Builder(ssml)
    nodes = builder.build()
    found = tuple(sorted(builder.problems, key=lambda one: (one.start, one.end)))
    return Document(ssml, nodes, found)


def serialise(nodes: Iterable[Node]) -> str:
    """Write `nodes` as InputSsml: untouched nodes as the source had them, changed and new ones escaped."""
    return "".join(_written(node) for node in nodes)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node, outer before inner, in the order of the source."""
    for node in nodes:
        yield node
        if isinstance(node, Mark):
            yield from walk(node.children)


def plain_to_ssml(text: str, pause_at_line_breaks: str | None = None) -> str:
    """Make a script of plain `text`: signs made safe, line breaks turned into a space or a pause.

    :param pause_at_line_breaks: the length of the pause, such as "500ms", or None for a space
    """
    lines = [line.strip() for line in LINE_BREAKS.split(without_control_characters(text))]
    lines = [escape(line) for line in lines if line]
    if pause_at_line_breaks is None:
        return " ".join(lines)
    pause = f'<break time="{escape_value(pause_at_line_breaks)}"/>'
    return " ".join([*(_before_punctuation(line, pause) for line in lines[:-1]), *lines[-1:]])


def spoken_text(document: Document) -> str:
    """Return what is heard as text: spoken forms in place of what is written, marks removed."""
    return "".join(_heard(document.nodes))


def whole_count(ssml: str) -> int:
    """Count the whole string in UTF-16 units, the strictest reading of the upper limit of InputSsml."""
    return len(ssml.encode("utf-16-le", "surrogatepass")) // 2


def spoken_count(ssml: str) -> int:
    """Count the characters that are heard, the strictest reading of the lower limit of InputSsml."""
    return len(spoken_text(parse(ssml)).strip())


def punctuation_tail(text: str) -> int:
    """Return how many characters at the end of `text` are punctuation, with closing quotes and brackets."""
    bare = text.rstrip(PUNCTUATION + _CLOSERS)
    tail = text[len(bare) :]
    return len(tail) if any(sign in PUNCTUATION for sign in tail) else 0


def _before_punctuation(line: str, pause: str) -> str:
    """Put `pause` at the end of `line`, before its punctuation: the page wants it after text."""
    if line.endswith(("&lt;", "&gt;", "&amp;")):
        return line + pause
    cut = len(line) - punctuation_tail(line)
    return line[:cut] + pause + line[cut:] if cut else line


def _heard(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Mark):
            alias = node.get("alias") if node.tag == "sub" else ""
            if alias:
                yield alias
            else:
                yield from _heard(node.children)


def _written(node: Node) -> str:
    if isinstance(node, Junk):
        return node.raw
    if isinstance(node, Text):
        unchanged = node.raw and decode(node.raw).text == node.text
        return node.raw if unchanged else escape(LINE_BREAKS.sub(" ", node.text))
    return _opening(node) + serialise(node.children) + _closing(node)


def _opening(mark: Mark) -> str:
    shut = mark.opening.endswith("/>")
    if mark.opening and _says(mark.opening, mark) and not (shut and mark.children):
        return mark.opening
    settings = "".join(f' {name}="{escape_value(value)}"' for name, value in mark.attributes)
    empty = not mark.children and (shut or (not mark.closing and _is_empty_only(mark.tag)))
    return f"<{mark.tag}{settings}{'/' if empty else ''}>"


def _says(opening: str, mark: Mark) -> bool:
    """Say whether `opening` still says what `mark` says."""
    token = read_tag(opening)
    if token is None or token.name != mark.tag:
        return False
    return tuple((attribute.name, attribute.value) for attribute in token.attributes) == mark.attributes


def _closing(mark: Mark) -> str:
    if mark.closing:
        token = read_tag(mark.closing)
        return mark.closing if token and token.name == mark.tag else f"</{mark.tag}>"
    if mark.opening:
        return f"</{mark.tag}>" if mark.opening.endswith("/>") and mark.children else ""
    return "" if not mark.children and _is_empty_only(mark.tag) else f"</{mark.tag}>"


def _is_empty_only(tag: str) -> bool:
    return tag in TAGS and TAGS[tag].content is Content.EMPTY


@dataclass(slots=True)
class _Frame:
    """A mark whose end has not come yet, with what it holds so far."""

    token: Token
    children: list[Node] = field(default_factory=list)


class _Builder:
    """Nests the tokens of one source, mending what does not fit and noting it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._nodes: list[Node] = []
        self._frames: list[_Frame] = []
        self._open: Counter[str] = Counter()
        self._text_start: int | None = None
        self.problems: list[Problem] = []

    def build(self) -> tuple[Node, ...]:
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
        if len(self._frames) >= MAX_DEPTH:
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
        if not _is_empty_only(token.name):
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
