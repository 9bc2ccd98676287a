"""Everything that `packaging/setup.py` does, with the standard library only: it runs before anything is installed.

commands     the subcommands
places       where the checkout, its .venv and the logs lie
console      one quiet line for each step; the long output goes to a log file
environment  .venv, filled from the lock
faces        the optional part that finds faces
native       the native parts: what each is for, how it is found
packages     what the parts are called by each system's package manager, and how they are installed
screen       whether there is a display, and a virtual one for the tests
starting     `run`
checking     `test`, `bench`, `soak`
doctor       `doctor`
locking      `lock`
packing      `package` and `licences`
freezing     the packaged program, made by PyInstaller
vlcparts     what is taken of the VLC that is installed here
licences     what is carried of others
debian       the Debian package
smoke        the trial of a packaged program
bare         the trial of the Debian package in a bare Debian
"""
