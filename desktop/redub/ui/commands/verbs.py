"""What a desk can do, one protocol for each family of verbs; the window's own classes lie in `redub.ui.verbs`."""

from __future__ import annotations

from typing import Protocol


class FileVerbs(Protocol):
    """Opening and saving."""

    def open_clip(self) -> object:
        """Ask for a clip and begin a shot over it."""

    def open_shot(self) -> object:
        """Ask for a shot and open it."""

    def open_sample(self) -> object:
        """Open the sample shot."""

    def new_window(self) -> object:
        """Start the program once more, with a window of its own."""

    def save(self) -> object:
        """Save the shot where it lies; ask where when it lies nowhere yet."""

    def save_as(self) -> object:
        """Ask where to save the shot, and save it there."""

    def quit(self) -> object:
        """Ask the program to end."""


class RecentVerbs(Protocol):
    """What was opened last."""

    def choose(self) -> object:
        """Choose one of the latest files from a list."""


class TemplateVerbs(Protocol):
    """What was kept of shots to begin others with."""

    def save(self) -> object:
        """Keep takes, voices and options of the shot under a name."""

    def begin(self) -> object:
        """Choose a template and a clip, and begin a shot with both."""

    def remove(self) -> object:
        """Choose a template and remove it."""


class EditVerbs(Protocol):
    """Undo and redo."""

    def undo(self) -> object:
        """Take the last change back."""

    def redo(self) -> object:
        """Bring the last undone change back."""


class MarkVerbs(Protocol):
    """Marks on the timeline, at the cursor."""

    def start_here(self) -> object:
        """Start the segment at the cursor."""

    def end_here(self) -> object:
        """End the segment at the cursor."""

    def whole_clip(self) -> object:
        """Use the whole clip."""

    def still_here(self) -> object:
        """Mark a still interval at the cursor."""

    def select_longest_quiet(self) -> object:
        """Use the longest quiet part of the clip."""

    def mark_silence_still(self) -> object:
        """Leave the lips as filmed where the segment is quiet."""

    def split_here(self) -> object:
        """Cut the still interval under the cursor in two."""

    def remove(self) -> object:
        """Remove the still interval that has the focus or is under the cursor."""

    def convert(self) -> object:
        """Convert the reference into the form that the service takes."""


class ConversionVerbs(Protocol):
    """The queue of conversions."""

    def show(self) -> object:
        """Show the queue."""

    def settings(self) -> object:
        """Ask how clips are converted."""

    def copy_command(self) -> object:
        """Copy the exact ffmpeg command that converts the reference."""


class FaceVerbs(Protocol):
    """What begins with the faces of the clip."""

    def suggest_stills(self) -> object:
        """Mark still what cannot be driven."""

    def suggest_segment(self) -> object:
        """Use the best part of the clip."""

    def persons(self) -> object:
        """List the persons of the clip."""


class PlayVerbs(Protocol):
    """Playing and going to places."""

    def toggle(self) -> object:
        """Play, or pause."""

    def play_backward(self) -> object:
        """Play backwards, faster each time."""

    def pause(self) -> object:
        """Stand still."""

    def play_forward(self) -> object:
        """Play forwards, faster each time."""

    def step(self, frames: int) -> object:
        """Go `frames` on, or back when negative."""

    def go_to_start(self) -> object:
        """Go to the first frame."""

    def go_to_end(self) -> object:
        """Go to the last frame."""

    def go_to_segment_start(self) -> object:
        """Go to where the segment starts."""

    def go_to_segment_end(self) -> object:
        """Go to where the segment ends."""

    def go_by(self, seconds: float) -> object:
        """Go `seconds` on, or back when negative."""

    def go_to_mark(self, by: int) -> object:
        """Go to the next mark (1), or to the last one before the cursor (-1)."""

    def go_to_time(self) -> object:
        """Let a moment be typed."""

    def paste_time(self) -> object:
        """Go to the moment that lies in the clipboard."""

    def copy_time(self) -> object:
        """Put the moment of the cursor into the clipboard."""

    def next_notation(self) -> object:
        """Write times in the next notation."""

    def play_segment(self) -> object:
        """Play the segment once."""

    def play_prediction(self) -> object:
        """Play the result as it will be, or stop it."""

    def toggle_loop(self) -> object:
        """Play the segment round and round, or not."""


class TakeVerbs(Protocol):
    """Takes of the shot."""

    def add(self) -> object:
        """Add a take."""

    def duplicate(self) -> object:
        """Put a copy behind the current take."""

    def rename(self) -> object:
        """Ask for another name of the current take."""

    def remove(self) -> object:
        """Remove the current take."""

    def next(self, by: int) -> object:
        """Work on the take `by` places further, round and round."""

    def make(self) -> object:
        """Rehearse or make the current take at the chosen service."""


class ReviewVerbs(Protocol):
    """Judging what was made."""

    def open(self) -> object:
        """Review the chosen result, else the newest one."""


class InterchangeVerbs(Protocol):
    """To and from editing programs."""

    def import_marks(self) -> object:
        """Ask for a file with marks, and use them."""

    def export_marks(self) -> object:
        """Ask where to write the marks of the shot."""

    def export_takes(self) -> object:
        """Ask where to write the chosen results as a timeline."""


class BatchVerbs(Protocol):
    """Many takes at once."""

    def make_all(self) -> object:
        """Show all takes with what is found about them, and make those that are ticked."""


class ListenVerbs(Protocol):
    """Hearing the script."""

    def hear(self) -> object:
        """Hear the script or what is selected of it; pause, or go on."""

    def stop(self) -> object:
        """Stop what is heard."""

    def fit(self) -> object:
        """Offer ways to let the speech end before the clip turns round."""


class ScriptVerbs(Protocol):
    """The script of the current take."""

    def mark(self, tag: str) -> object:
        """Mark the selection with `tag`."""

    def find_mark(self) -> object:
        """Find a mark or preset by typing."""

    def change_mark(self) -> object:
        """Ask for other settings of the mark at the cursor."""

    def remove_mark(self) -> object:
        """Take away the mark at the cursor; its words stay."""

    def problem(self, by: int) -> object:
        """Go to the next (1) or the previous (-1) problem."""

    def fix(self) -> object:
        """Fix the problem that is shown."""

    def show_source(self) -> object:
        """Show the source, or the script again."""

    def show_both(self) -> object:
        """Show script and source together, or the script alone."""

    def split(self) -> object:
        """Split a script that is too long into takes, at the ends of sentences."""


class DrivingVerbs(Protocol):
    """A sound as the driver of a take."""

    def use_recording(self) -> object:
        """Let the current take be driven by a recording."""

    def speak_script(self) -> object:
        """Let the current take speak its script."""

    def own_sound(self) -> object:
        """Let the current take be driven by the clip's own sound."""


class ScriptFileVerbs(Protocol):
    """Scripts out of files and into files."""

    def import_scripts(self) -> object:
        """Ask for a file and let it become takes."""

    def export_script(self) -> object:
        """Ask where to save the current script."""


class ServiceVerbs(Protocol):
    """The service that takes are sent to."""

    def choose(self, site: str) -> object:
        """Send takes to the service `site` from now on."""

    def account(self) -> object:
        """Ask for the account at Tencent Cloud."""

    def fetch_voices(self) -> object:
        """Ask the service for its voices again."""

    def simulate(self) -> object:
        """Have the rehearsal service go wrong in a way that the person chooses."""


class RecoveryVerbs(Protocol):
    """What was not saved."""

    def recover(self) -> object:
        """Show everything that could be recovered."""


class KeyVerbs(Protocol):
    """Keys of the commands."""

    def palette(self) -> object:
        """Find a command by typing some of its letters."""

    def change(self) -> object:
        """Show every command with its keys, and let them be changed."""


class SettingsVerbs(Protocol):
    """The settings."""

    def open(self) -> object:
        """Show the settings."""


class ViewVerbs(Protocol):
    """How the window looks."""

    def choose_theme(self, theme: str) -> object:
        """Wear "system", "light" or "dark"."""

    def zoom_in(self) -> object:
        """Show less of the clip on the timeline."""

    def zoom_out(self) -> object:
        """Show more of the clip on the timeline."""

    def zoom_fit(self) -> object:
        """Show the whole clip on the timeline."""

    def zoom_segment(self) -> object:
        """Show the segment on the timeline."""

    def full_screen(self) -> object:
        """Fill the screen, or not."""

    def fold_tasks(self) -> object:
        """Fold the tasks away, or unfold them."""

    def show_panel(self, name: str) -> object:
        """Go to the panel `name`: "script", "voice", "options", "findings", "takes", "tasks" or "timeline"."""


class HelpVerbs(Protocol):
    """Where a person finds out more."""

    def first_steps(self) -> object:
        """Lead through the first steps again."""

    def about(self) -> object:
        """Say what runs here."""

    def log(self) -> object:
        """Show the log file."""
