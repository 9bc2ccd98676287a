"""What a converted clip is called where the person wants it: a template with fields of the clip."""

from __future__ import annotations

from pathlib import Path

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision
from redub.core.errors import UserError
from redub.services.orders import plain_name

_FIELDS = "{name}, {width}, {height}, {rate}, {kind}"
USUAL = "{name} (H.264)"


def result_name(template: str, facts: ClipFacts, decision: Decision) -> str:
    """Return the name of the result without its ending, as every file system takes it.

    :raises UserError: the template has a field that there is not
    """
    values = {
        "name": Path(facts.path).stem,
        "width": decision.width,
        "height": decision.height,
        "rate": f"{float(decision.rate) or (facts.video.frame_rate if facts.video else 0):g}",
        "kind": decision.kind.value.replace("_", "-"),
    }
    try:
        made = (template or USUAL).format_map(values)
    except (KeyError, IndexError, ValueError, AttributeError) as exc:
        raise UserError(
            f"The template “{template}” gives no name.",
            why=f"It may contain only the fields {_FIELDS}.",
            next_step="Correct it in the settings of conversions.",
            detail=str(exc),
        ) from exc
    return plain_name(made) or "clip"
