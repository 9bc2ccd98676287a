"""Prepares this checkout and runs it: ``python3 packaging/setup.py run`` and ``python3 packaging/setup.py test``.

Needs nothing but Python 3.11 or newer; everything else is in the folder `provision` beside this file. This file stays
readable for much older Pythons, so that they can say in one sentence what is wrong.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Redub needs Python 3.11 or newer, and this is Python %d.%d. Install a newer one beside it "
        "(for example python3.12) and start this file with that one." % sys.version_info[:2]
    )

from provision.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
