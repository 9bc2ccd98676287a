"""Which engines really run here: asked of each of them, and not of the package that brought it. Every call blocks."""

from __future__ import annotations

import subprocess

from redub.core.errors import RedubError
from redub.media import espeak, ffmpeg
from redub.media.faces import parts

_SECONDS = 10.0


def codecs() -> str:
    """Return the versions of PyAV and of the FFmpeg inside it, "" without them."""
    try:
        import av  # here, because whoever asks for a version alone must not wait for the codecs
    except ImportError:
        return ""
    return f"{av.__version__} with FFmpeg {av.ffmpeg_version_info}"


def converter(chosen: str | None = None) -> str:
    """Return the version and place of the ffmpeg that converts (``ffmpeg -version``), "" when none starts."""
    try:
        program = ffmpeg.find(chosen)
        said = subprocess.run(
            [str(program), "-version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=True,
        )
    except (RedubError, OSError, subprocess.SubprocessError):
        return ""
    words = said.stdout.split()
    return f"{words[2]} ({program})" if words[:2] == ["ffmpeg", "version"] else ""


def player() -> str:
    """Return what libvlc says of itself (libvlc_get_version), "" when it cannot be loaded."""
    try:
        import vlc

        return str(vlc.libvlc_get_version().decode("utf-8", "replace"))
    # python-vlc exits the program when PYTHON_VLC_LIB_PATH leads nowhere, and names what is not there when it is used
    except (ImportError, OSError, NameError, AttributeError, SystemExit):
        return ""


def voice() -> str:
    """Return what espeak-ng says of itself (espeak_Info), "" when it cannot be loaded."""
    try:
        return espeak.version()
    except RedubError:
        return ""


def finds_faces() -> bool:
    """Say whether the optional part that finds faces is there."""
    return not parts.missing()
