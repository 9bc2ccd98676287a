"""The settings, declared once: name, type, default, what is allowed, and a sentence for the person.

The dialog, the check of the file (`redub.store.settingsfile`) and the table in the README all come from the class
`Settings`.

To add one: 1. give it a line in `Settings` with its title, sentence and group; 2. use it (a test looks for unused
ones); 3. bring the README's table up to date (a test prints it).
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from urllib.parse import urlsplit

from redub.i18n import N_, _

Value = str | bool | int | float


PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")
"""Presets of libx264 (ffmpeg option -preset), from fast and large to slow and small."""

GROUPS: Mapping[str, str] = {
    "service": N_("Service"),
    "bucket": N_("Online storage"),
    "folders": N_("Folders and programs"),
    "conversion": N_("Conversion"),
    "script": N_("Script"),
    "look": N_("Look and language"),
    "notices": N_("Notifications"),
    "network": N_("Network"),
    "machine": N_("Pace and memory"),
}
"""The groups of settings in their order, with the words for each."""


def _declared(
    default: Value,
    sentence: str,
    *,
    title: str = "",
    group: str = "machine",
    form: str = "",
    restart: bool = False,
    choices: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
) -> typing.Any:
    """Declare one setting; the words are those of `Declaration`."""
    metadata = {
        "sentence": sentence,
        "title": title,
        "group": group,
        "form": form,
        "restart": restart,
        "choices": choices,
        "low": low,
        "high": high,
    }
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their values; each field's sentence says what it is for."""

    site: str = _declared(
        "rehearsal",
        N_("The service that takes are sent to."),
        title=N_("Service"),
        group="service",
        choices=("international", "china", "rehearsal", "custom"),
    )
    service_url: str = _declared(
        "",
        N_("The address of the service, when it is none of the known ones."),
        title=N_("Other address"),
        group="service",
        form="address",
    )
    appkey: str = _declared(
        "", N_("The public half of your account's key pair."), title=N_("Appkey"), group="service"
    )
    rehearsal_mark: bool = _declared(
        True,
        N_("Draw a small mark that says “rehearsal” on rehearsed videos."),
        title=N_("Mark rehearsals"),
        group="service",
        restart=True,
    )
    bucket_name: str = _declared(
        "",
        N_(
            "The bucket that files are uploaded to; empty for none. At Tencent COS with the number behind it."
        ),
        title=N_("Bucket"),
        group="bucket",
    )
    bucket_region: str = _declared(
        "",
        N_("The region of the bucket, such as ap-singapore; near the service is fast."),
        title=N_("Region"),
        group="bucket",
    )
    bucket_endpoint: str = _declared(
        "",
        N_("The address of an S3-compatible storage, without the bucket; empty for Tencent COS."),
        title=N_("Endpoint"),
        group="bucket",
        form="address",
    )
    bucket_prefix: str = _declared(
        "redub",
        N_("The folder in the bucket that uploads go into; empty for its top."),
        title=N_("Folder"),
        group="bucket",
    )
    bucket_addressing: str = _declared(
        "virtual",
        N_(
            "Where the bucket's name stands: before the host (virtual, as Tencent COS wants it) or in the path."
        ),
        title=N_("Addressing"),
        group="bucket",
        choices=("virtual", "path"),
    )
    bucket_access_key_id: str = _declared(
        "",
        N_("The public half of the bucket's key (SecretId at Tencent COS)."),
        title=N_("Access key id"),
        group="bucket",
    )
    link_hours: int = _declared(
        168,
        N_("How many hours the links live that the service fetches uploads by; seven days at most."),
        title=N_("Links live"),
        group="bucket",
        low=1,
        high=168,
    )
    delete_uploads: bool = _declared(
        False,
        N_("Delete what was uploaded for a take when its result is here and no other task needs it."),
        title=N_("Delete after success"),
        group="bucket",
    )
    results_folder: str = _declared(
        "",
        N_("The folder for finished videos; empty for Redub's own."),
        title=N_("Results"),
        group="folders",
        form="folder",
    )
    ffmpeg_path: str = _declared(
        "",
        N_("The ffmpeg program to use; empty to have it found."),
        title=N_("ffmpeg"),
        group="folders",
        form="file",
        restart=True,
    )
    result_name: str = _declared(
        "{shot} - {take}",
        N_(
            "What finished videos are called: {shot}, {take}, {date}, {time}, {service} and {voice} are filled in."
        ),
        title=N_("Names of results"),
        group="folders",
        restart=True,
    )
    convert_preset: str = _declared(
        "medium",
        N_("How much time an encoder takes for smaller files."),
        title=N_("Preset"),
        group="conversion",
        choices=PRESETS,
    )
    convert_crf: int = _declared(
        23,
        N_("The quality of converted clips; lower is better and larger."),
        title=N_("Quality"),
        group="conversion",
        low=0,
        high=40,
    )
    convert_encoder: str = _declared(
        "libx264",
        N_("The encoder of H.264 (libx264, or one of the graphics card's)."),
        title=N_("Encoder"),
        group="conversion",
    )
    convert_longest: int = _declared(
        0,
        N_("Pixels of the longer side of converted clips; 0 keeps the size."),
        title=N_("Longest side"),
        group="conversion",
        low=0,
        high=4096,
    )
    convert_rate: float = _declared(
        0.0,
        N_("Frames a second of converted clips; 0 keeps the clip's own."),
        title=N_("Frame rate"),
        group="conversion",
        low=0,
        high=60,
    )
    convert_folder: str = _declared(
        "",
        N_("The folder for converted clips; empty to ask for it."),
        title=N_("Folder"),
        group="conversion",
        form="folder",
    )
    convert_name: str = _declared(
        "{name} (H.264)",
        N_("How converted clips are called: {name}, {width}, {height}, {rate}, {kind}."),
        title=N_("Names"),
        group="conversion",
    )
    script_line_breaks: str = _declared(
        "ask",
        N_(
            "What line breaks become in a script: a space, a pause of this length, or a question when text is pasted."
        ),
        title=N_("Line breaks"),
        group="script",
        choices=("ask", "space", "250ms", "500ms", "1s"),
    )
    language: str = _declared(
        "",
        N_("The language of the program; empty for the computer's."),
        title=N_("Language"),
        group="look",
        restart=True,
    )
    theme: str = _declared(
        "system",
        N_("Light or dark colours."),
        title=N_("Colours"),
        group="look",
        choices=("system", "light", "dark"),
    )
    notify_system: bool = _declared(
        True,
        N_("Let the system say when a task has ended while another window is in front."),
        title=N_("System notifications"),
        group="notices",
    )
    notify_sound: bool = _declared(
        False, N_("Give a short sound when a task has ended."), title=N_("Sound"), group="notices"
    )
    networking: bool = _declared(
        True,
        N_("Speak to other computers; without it rehearsals and everything on this computer still work."),
        title=N_("Use the network"),
        group="network",
    )
    proxy: str = _declared(
        "",
        N_("The proxy that all connections go through, as http://host:port; empty for the computer's own."),
        title=N_("Proxy"),
        group="network",
        form="address",
    )
    ca_file: str = _declared(
        "",
        N_("A file of certificates (PEM) that are trusted as well, for networks that read the traffic."),
        title=N_("Certificates"),
        group="network",
        form="file",
    )
    memory_budget_mib: int = _declared(
        128,
        N_("Memory for pictures that are kept ready, in MiB."),
        title=N_("Memory for pictures"),
        restart=True,
        low=64,
        high=65536,
    )
    poll_first_seconds: float = _declared(
        8.0,
        N_("How long to wait before a task is asked about again, in seconds."),
        title=N_("First question after"),
        restart=True,
        low=0.1,
        high=600,
    )
    poll_longest_seconds: float = _declared(
        60.0,
        N_("The longest wait between two questions about a task in the queue, in seconds."),
        title=N_("Longest wait"),
        restart=True,
        low=0.1,
        high=3600,
    )
    polls_per_minute: int = _declared(
        60,
        N_("The most questions to the service in a minute, for all tasks together."),
        title=N_("Questions per minute"),
        restart=True,
        low=1,
        high=6000,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One setting without its value.

    :ivar sentence: what it is for; `title` is a short name for it; both still to be translated
    :ivar group: one of GROUPS
    :ivar form: what a text is: "address", "folder", "file", or "" for anything
    :ivar restart: it counts from the next start on
    :ivar choices: the values that are allowed, () for any
    :ivar low: the smallest number that is allowed, or None
    """

    name: str
    kind: type[Value]
    default: Value
    sentence: str
    title: str = ""
    group: str = "machine"
    form: str = ""
    restart: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def fault_of(self, value: Value) -> str:
        """Return what is wrong with `value` of the right type, or ""."""
        if self.choices and value not in self.choices:
            return _("it must be one of {names}.").format(names=", ".join(self.choices))
        if self.form == "address" and value and not _is_address(str(value)):
            return _("it must begin with http:// or https://, followed by a host.")
        if isinstance(value, str) or (self.low is None and self.high is None):
            return ""
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            return _("it must lie between {low:g} and {high:g}.").format(low=self.low, high=self.high)
        return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


_TYPES = typing.get_type_hints(Settings)
_DEFAULTS = Settings()
DECLARED: Mapping[str, Declaration] = {
    entry.name: Declaration(
        name=entry.name,
        kind=_TYPES[entry.name],
        default=getattr(_DEFAULTS, entry.name),
        **entry.metadata,
    )
    for entry in fields(Settings)
}
