"""The first file of the packaged program, which PyInstaller starts: as ``python -m redub`` does."""

import sys

from redub.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
