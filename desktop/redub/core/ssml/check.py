"""Check a script against the API page and the SSML pages, with the place of each problem and a way out.

Length is not checked here: it belongs to the limits of a site.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator, Mapping

from redub.core.ssml.building import Builder
from redub.core.ssml.document import Document, parse
from redub.core.ssml.nodes import Mark, Node, Text, walk
from redub.core.ssml.problems import Problem, Replacement, problem
from redub.core.ssml.rules import RULES, Place
from redub.core.ssml.tokens import LINE_BREAKS, Attribute, attributes_at, escape_value
from redub.core.ssml.vocabulary import TAGS, Content, Tag

_REMEMBERED = 16
_HEARD = 80
"""As many characters before a mark decide whether it may stand there."""


@functools.lru_cache(maxsize=_REMEMBERED)
def problems(ssml: str) -> tuple[Problem, ...]:
    """Return every problem of `ssml`, in the order of their places."""
    return document_problems(parse(ssml))


def document_problems(document: Document) -> tuple[Problem, ...]:
    """Return every problem of a parsed script, in the order of their places."""
    found = [*document.problems, *_line_breaks(document.source), *_bare_greater_thans(document)]
    found.extend(_problems_of_marks(document))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _problems_of_marks(document: Document) -> Iterator[Problem]:
    """Look at every mark in its place; nothing is heard before the first text."""
    heard = ""
    stack: list[tuple[Iterator[Node], tuple[Mark, ...]]] = [(iter(document.nodes), ())]
    while stack:
        nodes, outer = stack[-1]
        node = next(nodes, None)
        if node is None:
            stack.pop()
        elif isinstance(node, Text):
            heard = (heard + node.text)[-_HEARD:]
        elif isinstance(node, Mark):
            raw = document.source[node.start : node.end]
            if _stands_alone(node, outer, raw):
                found, text = _problems_alone(raw)
                yield from (one.moved(node.start) for one in found)
                heard = (heard + text)[-_HEARD:]
            else:
                yield from _mark_problems(node, Place(document.source, outer, heard))
                stack.append((iter(node.children), (*outer, node)))


def _stands_alone(mark: Mark, outer: tuple[Mark, ...], raw: str) -> bool:
    """Say whether what is wrong with a mark does not depend on its place, as that of a pause does."""
    is_whole = bool(mark.closing) or mark.opening.endswith("/>")
    around = all(one.tag == "speak" for one in outer)
    return is_whole and around and "<break" not in raw and "<speak" not in raw


@functools.lru_cache(maxsize=1024)
def _problems_alone(raw: str) -> tuple[tuple[Problem, ...], str]:
    """Return the problems of one mark that stands alone, and the last of what is heard in it.

    A script has few kinds of marks and many of each, and all but one are the same at the next key.
    """
    document = Document(raw, Builder(raw).build())
    found: list[Problem] = []
    stack: list[tuple[Node, tuple[Mark, ...]]] = [(node, ()) for node in reversed(document.nodes)]
    while stack:
        node, outer = stack.pop()
        if isinstance(node, Mark):
            found.extend(_mark_problems(node, Place(raw, outer, "")))
            stack.extend((child, (*outer, node)) for child in reversed(node.children))
    texts = (node.text for node in walk(document.nodes) if isinstance(node, Text))
    return tuple(found), "".join(texts)[-_HEARD:]


def _line_breaks(source: str) -> Iterator[Problem]:
    for found in LINE_BREAKS.finditer(source):
        yield problem("line_break", found.start(), found.end(), (found.start(), found.end(), " "))


def _bare_greater_thans(document: Document) -> Iterator[Problem]:
    texts = (node for node in walk(document.nodes) if isinstance(node, Text))
    for node in texts:
        if ">" not in node.raw:
            continue
        for found in re.finditer(">", node.raw):
            start = node.start + found.start()
            yield problem("raw_greater_than", start, start + 1, (start, start + 1, "&gt;"))


def _mark_problems(mark: Mark, place: Place) -> Iterator[Problem]:
    yield from _place_problems(mark, place)
    tag = TAGS.get(mark.tag)
    if tag is None:
        yield _unknown_tag(mark)
        return
    written = attributes_at(mark.opening, mark.start)
    yield from _attribute_problems(mark, tag, written, place)
    yield from _content_problems(mark, tag, place)
    if mark.tag in RULES:
        yield from RULES[mark.tag](mark, written, place)


def _unknown_tag(mark: Mark) -> Problem:
    end = mark.start + len(mark.opening)
    near = _similar(mark.tag)
    if near and not mark.closing:
        name = (mark.start + 1, mark.start + 1 + len(mark.tag), near[0])
        return problem("unknown_tag_similar", mark.start, end, name, name=mark.tag, similar=near[0])
    code = "unknown_tag_similar" if near else "unknown_tag"
    return problem(code, mark.start, end, _instead(mark, near), name=mark.tag, similar="".join(near))


@functools.lru_cache(maxsize=256)
def _similar(tag: str) -> list[str]:
    """Return the mark that `tag` may be a slip of, as a list of one or none."""
    return difflib.get_close_matches(tag.lower(), TAGS, n=1, cutoff=0.7) if len(tag) < 30 else []


def _instead(mark: Mark, near: list[str]) -> tuple[int, int, str] | None:
    """Write the mark with the name meant, or only what it holds; marks inside it are not retyped."""
    if any(isinstance(child, Mark) for child in mark.children):
        return None
    inside = "".join(child.raw for child in mark.children if not isinstance(child, Mark))
    if not near:
        return (mark.start, mark.end, inside)
    settings = mark.opening[1 + len(mark.tag) :]
    return (mark.start, mark.end, f"<{near[0]}{settings}{inside}</{near[0]}>")


def _place_problems(mark: Mark, place: Place) -> Iterator[Problem]:
    """Say when a mark stands where no mark, or not this one, may stand."""
    if not place.outer:
        return
    outer = TAGS.get(place.outer[-1].tag)
    end = mark.start + len(mark.opening)
    if outer and outer.content is Content.TEXT and mark.tag not in outer.holds:
        moved = _moved_out(mark, place.outer[-1], place.source)
        yield problem("tag_in_text_only", mark.start, end, moved, outer=outer.label, name=_label(mark.tag))


def _moved_out(mark: Mark, outer: Mark, source: str) -> Replacement:
    """Put a mark that holds nothing behind the one it stands in; of another one only its words stay."""
    if mark.tag in TAGS and TAGS[mark.tag].content is Content.EMPTY and outer.closing:
        itself = source[mark.start : mark.end]
        return (mark.start, outer.end, source[mark.end : outer.end] + itself)
    return (mark.start, mark.end, source[mark.inner_start : mark.inner_end])


def _label(tag: str) -> str:
    return TAGS[tag].label if tag in TAGS else tag


def _attribute_problems(
    mark: Mark, tag: Tag, written: Mapping[str, Attribute], place: Place
) -> Iterator[Problem]:
    end = mark.start + len(mark.opening)
    for name, attribute in written.items():
        if not tag.attribute(name) and not tag.free_attributes:
            cut = (attribute.start - 1, attribute.end, "")
            yield problem("unknown_attribute", attribute.start, attribute.end, cut, tag=tag.label, name=name)
    for rule in tag.attributes:
        if rule.required and rule.name not in written:
            yield problem(
                "missing_attribute",
                mark.start,
                end,
                _added(mark, rule.name, rule.values) or _without(mark, place.source),
                label=tag.label,
                name=rule.name,
                example=tag.example,
            )


def _without(mark: Mark, source: str) -> Replacement:
    """Take the mark away and keep what it holds."""
    return (mark.start, mark.end, source[mark.inner_start : mark.inner_end])


def _added(mark: Mark, name: str, values: tuple[str, ...]) -> tuple[int, int, str] | None:
    """Write the missing setting, when there is only one value that it can have."""
    if len(values) != 1:
        return None
    at = mark.start + 1 + len(mark.tag)
    return (at, at, f' {name}="{escape_value(values[0])}"')


def _content_problems(mark: Mark, tag: Tag, place: Place) -> Iterator[Problem]:
    start, end = mark.start, mark.start + len(mark.opening)
    inside = place.source[mark.inner_start : mark.inner_end]
    if tag.content is Content.EMPTY:
        if mark.children:
            alone = f"{mark.opening[:-1].rstrip()}/>{inside}"
            yield problem("content_in_empty", start, end, (start, mark.end, alone), label=tag.label)
    elif not inside.strip():
        yield problem("empty_content", start, end, (start, mark.end, inside), label=tag.label)
