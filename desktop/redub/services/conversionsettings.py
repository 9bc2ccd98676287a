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


def with_encode_settings(settings: Settings, wish: EncodeSettings) -> dict[str, str | int | float]:
    """Return the settings that differ when clips are to be converted as `wish` says, by name."""
    new: dict[str, str | int | float] = {
        "convert_preset": wish.preset,
        "convert_crf": wish.crf,
        "convert_encoder": wish.encoder,
        "convert_longest": wish.longest,
        "convert_rate": float(wish.rate),
    }
    return {name: value for name, value in new.items() if getattr(settings, name) != value}
