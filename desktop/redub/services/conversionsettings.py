"""How clips are converted, as the settings say it."""

from __future__ import annotations

from redub.core.conversion import EncodeSettings
from redub.store.settings import Settings


def encode_settings(settings: Settings) -> EncodeSettings:
    """Return the settings of a new encode."""
    return EncodeSettings(
        preset=settings.convert_preset,
        crf=settings.convert_crf,
        encoder=settings.convert_encoder,
        longest=settings.convert_longest,
        rate=settings.convert_rate,
    )


def as_settings(wish: EncodeSettings, name_template: str) -> dict[str, str | int | float]:
    """Return the settings, by name, that let clips be converted and called like this."""
    return {
        "convert_preset": wish.preset,
        "convert_crf": wish.crf,
        "convert_encoder": wish.encoder,
        "convert_longest": wish.longest,
        "convert_rate": float(wish.rate),
        "convert_name": name_template,
    }
