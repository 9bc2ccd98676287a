"""The redo list of a review becomes the next take."""

from __future__ import annotations

import uuid
from dataclasses import replace

from redub.core import edits
from redub.core.errors import UserError
from redub.core.history import Edit
from redub.core.redolist import redo_script
from redub.core.review import Review
from redub.core.shot import DriverType, Take
from redub.core.tasks import TaskRecord
from redub.i18n import _, ngettext
from redub.services.askedshot import asked_for
from redub.services.editing import ShotView


def redo_edit(review: Review, record: TaskRecord, view: ShotView) -> tuple[Edit, str]:
    """Return the edit that makes the redo list the next take, and that take's id.

    The take says only these sentences, with the marks, voice and options of the take that they come from as it is
    now: what was corrected there since counts. It stands behind that take, or last when that was removed.

    :raises UserError: nothing is to be redone, or the result was spoken by a recording
    """
    take = next((one for one in view.shot.takes if one.id == record.take_id), None)
    asked = asked_for(record.request)
    script = take.script if take is not None else asked.script if asked is not None else ""
    if not review.redo:
        raise UserError(
            _("Nothing is to be redone."),
            next_step=_("Mark the sentences that are to be spoken again first."),
        )
    if not script.strip() or (take is not None and take.driver is not DriverType.TEXT):
        raise UserError(
            _("The next take cannot be written."),
            why=_("This result was spoken by a recording, not from a script."),
            next_step=_("Record the sentences anew; the review sheet lists them."),
        )
    wanted = redo_script(script, [one.text for one in review.sentences], review.redo)
    count = len(review.redo)
    said = ngettext("{name} · {n} sentence again", "{name} · {n} sentences again", count)
    model = take or view.take or Take(id="", name=record.take_name)
    made = replace(
        model,
        id=uuid.uuid4().hex,
        name=said.format(name=record.take_name or model.name, n=count),
        driver=DriverType.TEXT,
        script=wanted,
    )
    places = [one.id for one in view.shot.takes]
    place = places.index(record.take_id) + 1 if record.take_id in places else len(places)
    return (
        Edit(
            _("Make the redo list the next take"),
            lambda shot: edits.move_take(edits.add_take(shot, made), made.id, place),
        ),
        made.id,
    )
