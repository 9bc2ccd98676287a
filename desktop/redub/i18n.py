"""The road of every sentence that a person reads: gettext, with English as written where no translation is there.

`_` translates now, `ngettext` picks the plural, `N_` marks a text that is translated later, where it is shown.
Texts are looked up at the call, so a language installed later counts for what is shown from then on.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

from redub import paths

DOMAIN = "redub"

_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def install(language: str | None = None, folder: Path | None = None) -> bool:
    """Use `language` ("zh_CN"; None: the one of the environment) from now on; tell whether a translation was found."""
    global _translations
    _translations = _gettext.translation(
        DOMAIN,
        localedir=folder or paths.resource("locale"),
        languages=[language] if language else None,
        fallback=True,
    )
    return isinstance(_translations, _gettext.GNUTranslations)


def _(text: str) -> str:
    """Translate `text`."""
    return _translations.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate `one` or `many`, whichever the language uses for `count`."""
    return _translations.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark `text` for translation and return it as it is."""
    return text
