"""What a run of the program was told about the service; light, because the window needs it before the client."""

from __future__ import annotations

from dataclasses import dataclass, field

NO_NETWORK = "REDUB_DISABLE_NETWORKING"
"""Variable that is set (to anything) by --disable-networking: every process of this run hears of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a run of the program was told about the service; "" leaves it to the settings.

    :ivar site: name of a site
    :ivar service_url: address of a service that is none of the known ones
    :ivar accesstoken: the secret half, given with `appkey` for this run only
    """

    site: str = ""
    service_url: str = ""
    appkey: str = ""
    accesstoken: str = field(default="", repr=False)
