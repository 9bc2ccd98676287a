"""What can be wrong with a script: every problem's code, level and sentences, in one table.

To add one: 1. a row in `PROBLEMS`; 2. a `problem(code, …)` where it is found; 3. a case in tests/core/ssml.
"""

from __future__ import annotations

from dataclasses import dataclass

from redub.core.findings import Level

Replacement = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a script.

    :ivar code: stable name for programs, such as "break_time"
    :ivar start: character offset in the source where it begins; `end` is where it ends
    :ivar message: what is wrong and why, in whole sentences
    :ivar fix: what to do about it
    :ivar replacement: (start, end, text) that one click puts into the source, or None
    """

    code: str
    level: Level
    message: str
    start: int
    end: int
    fix: str
    replacement: Replacement | None = None

    def moved(self, by: int) -> Problem:
        """Return it as it is when the source has grown by `by` characters before it."""
        instead = self.replacement and (
            self.replacement[0] + by,
            self.replacement[1] + by,
            self.replacement[2],
        )
        return Problem(self.code, self.level, self.message, self.start + by, self.end + by, self.fix, instead)


PROBLEMS: dict[str, tuple[Level, str, str]] = {
    # How the marks are written.
    "raw_less_than": (
        Level.ERROR,
        "The sign < stands in the text as it is, and the service takes it for the start of a mark.",
        "Write it as &lt; so that it is taken as a sign.",
    ),
    "raw_greater_than": (
        Level.WARNING,
        "The sign > stands in the text as it is; the service asks for signs in their safe form.",
        "Write it as &gt;.",
    ),
    "raw_ampersand": (
        Level.ERROR,
        "The sign & stands in the text as it is, and the service takes it for the start of a coded sign.",
        "Write it as &amp;.",
    ),
    "entity": (
        Level.ERROR,
        "The service does not know {name}: it knows &lt; &gt; &amp; &quot; &apos; only.",
        "Put the character itself, or write & as &amp;.",
    ),
    "character_reference": (
        Level.ERROR,
        "{name} does not stand for a character that may be in a script.",
        "Remove it.",
    ),
    "cdata_end": (
        Level.ERROR,
        "The signs ]]> must not stand together in a script.",
        "Write the last one as &gt;.",
    ),
    "control_character": (
        Level.ERROR,
        "An invisible character that no service can read stands here.",
        "Remove it.",
    ),
    "unfinished_tag": (
        Level.ERROR,
        "The mark {name} is not finished: its > is missing.",
        "Finish it with >, or write < as &lt; if it is meant as a sign.",
    ),
    "attribute_syntax": (
        Level.ERROR,
        "Inside the mark {name} stands something that cannot be understood.",
        'Write each setting as name="value", with one space before it.',
    ),
    "attribute_quotes": (
        Level.ERROR,
        "The value of {name} has no quotation marks around it.",
        'Write {name}="{value}".',
    ),
    "duplicate_attribute": (
        Level.ERROR,
        "{name} is set twice in the same mark.",
        "Keep one of the two.",
    ),
    "closing_attributes": (
        Level.ERROR,
        "The end of the mark {name} carries settings; only its beginning may.",
        "Write it as </{name}>.",
    ),
    "unclosed": (
        Level.ERROR,
        "The mark {name} begins here and never ends.",
        "End it with </{name}> where it is to stop, or remove it.",
    ),
    "unclosed_empty": (
        Level.ERROR,
        "The mark {name} holds no text and must end in itself.",
        "Write it with /> at its end.",
    ),
    "crossed": (
        Level.ERROR,
        "The mark {name} has to end before {outer} does: marks may lie in one another, but not cross.",
        "End {name} before {outer} ends.",
    ),
    "stray_close": (
        Level.ERROR,
        "The mark {name} ends here, but it did not begin.",
        "Remove it.",
    ),
    "too_deep": (
        Level.ERROR,
        "More than {limit} marks lie in one another here.",
        "Remove the inner ones.",
    ),
    "comment": (
        Level.WARNING,
        "A comment stands here. It is never spoken, and the service's page does not say that it is allowed.",
        "Remove it.",
    ),
    "instruction": (
        Level.ERROR,
        "A declaration (<? … ?>) stands here; the service takes text with marks only.",
        "Remove it.",
    ),
    "doctype": (
        Level.ERROR,
        "A document declaration (<! … >) stands here; it could pull in foreign content and is refused.",
        "Remove it.",
    ),
    "cdata": (
        Level.ERROR,
        "A block of raw text (CDATA) stands here; the service takes text with marks only.",
        "Turn it into plain text.",
    ),
    "line_break": (
        Level.ERROR,
        "The script has a line break here; the service wants it on one line.",
        "Put a space, or a pause, in its place.",
    ),
    # Which marks there are, and what they carry.
    "unknown_tag": (
        Level.ERROR,
        "The service knows no mark {name}.",
        "Remove the mark and keep the text.",
    ),
    "unknown_tag_similar": (
        Level.ERROR,
        "The service knows no mark {name}; perhaps {similar} is meant.",
        "Write {similar}.",
    ),
    "unknown_attribute": (
        Level.WARNING,
        "{tag} has no setting {name}; the service may ignore or refuse it.",
        "Remove it.",
    ),
    "missing_attribute": (
        Level.ERROR,
        "{label} needs its {name}.",
        'Add {name}="…", for example {example}, or remove the mark.',
    ),
    "break_time": (
        Level.ERROR,
        'A pause of "{value}" is not possible: it is 1s to 9s, or 50ms to 9000ms, in whole numbers.',
        "Choose a length in this range.",
    ),
    "break_strength": (
        Level.ERROR,
        'A pause has no strength "{value}".',
        "Choose x-weak, weak, medium, strong or x-strong.",
    ),
    "break_both": (
        Level.WARNING,
        "The pause has a length and a strength; the page allows one of the two.",
        "Keep the length and remove the strength.",
    ),
    "break_at_start": (
        Level.WARNING,
        "A pause belongs after text, but this one stands at the very start.",
        "Move it behind the first words, or remove it.",
    ),
    "break_after_punctuation": (
        Level.WARNING,
        "A pause belongs after text, not after a punctuation mark.",
        "Move it before the punctuation mark.",
    ),
    "phoneme_alphabet": (
        Level.ERROR,
        'A reading can be given in pinyin (py) only, not in "{value}".',
        'Write alphabet="py".',
    ),
    "phoneme_tone": (
        Level.ERROR,
        '"{value}" has no tone; every syllable ends in a tone number, 1 to 5 (5 is the neutral tone).',
        "Add the tone number, or remove the mark.",
    ),
    "phoneme_syllable": (
        Level.WARNING,
        '"{value}" is not a syllable of Mandarin.',
        "Check the spelling of the pinyin, or remove the mark.",
    ),
    "phoneme_count": (
        Level.ERROR,
        "{characters} characters have {syllables} syllables of pinyin; each character needs exactly one.",
        "Give one syllable for each character, with spaces between them, or remove the mark.",
    ),
    "phoneme_length": (
        Level.WARNING,
        "The page says that a reading covers one character; this one covers {characters}.",
        "Give each character its own reading.",
    ),
    "phoneme_not_chinese": (
        Level.WARNING,
        "Pinyin is a reading for Chinese characters; there are other characters here.",
        "Mark the Chinese character only, or remove the mark.",
    ),
    "word_mixed": (
        Level.ERROR,
        "Words kept together must be all Chinese or all English; here both are mixed.",
        "Mark the Chinese and the English part on their own.",
    ),
    "sub_alias": (
        Level.ERROR,
        "Spoken as has nothing to be spoken.",
        "Write the words that are to be heard, or remove the mark.",
    ),
    "say_as_kind": (
        Level.ERROR,
        'There is no kind of reading "{value}".',
        "Choose one of {kinds}.",
    ),
    "say_as_content": (
        Level.WARNING,
        '"{text}" does not look like {kind}, and may be read in another way than wanted.',
        "{hint}",
    ),
    "content_in_empty": (
        Level.ERROR,
        "{label} cannot hold text.",
        "Put the text after it.",
    ),
    "tag_in_text_only": (
        Level.ERROR,
        "Inside {outer} only text may stand, and no {name}.",
        "Move {name} out of it.",
    ),
    "empty_content": (
        Level.WARNING,
        "{label} has no text to work on.",
        "Remove it, or put text into it.",
    ),
    "speak_not_root": (
        Level.WARNING,
        "speak belongs around the whole script, once.",
        "Remove this one; the text stays.",
    ),
    "insert_action_no_effect": (
        Level.INFO,
        "A gesture has no effect on filmed footage: only trained avatars perform it.",
        "It can stay for other uses of the script, or be removed.",
    ),
}


def problem(
    code: str, start: int, end: int, replacement: Replacement | None = None, /, **words: object
) -> Problem:
    """Make the problem `code` at `start`..`end`, with `words` put into its sentences."""
    level, message, fix = PROBLEMS[code]
    return Problem(code, level, message.format(**words), start, end, fix.format(**words), replacement)
