"""The names of languages: in themselves for choosing, and in English for searching."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale


@cache
def own_name(code: str) -> str:
    """Return a language code (TimbreLanguages) with the language's own name: "Deutsch (de-DE)"."""
    name = _locale(code).nativeLanguageName()
    return f"{name[:1].upper()}{name[1:]} ({code})" if name else code


@cache
def search_words(code: str) -> str:
    """Return what a person may type to find a language: its code, its own name and its English one."""
    locale = _locale(code)
    english = QLocale.languageToString(locale.language()) if locale.nativeLanguageName() else ""
    return f"{code} {locale.nativeLanguageName()} {english}"


def _locale(code: str) -> QLocale:
    return QLocale(code.replace("-", "_"))
