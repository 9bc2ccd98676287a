"""The command line: thin over the same services as the window, stable, and made to be automated.

To add a command: 1. write its module in `redub.terminal.commands` with `add_arguments` and `run`, its JSON shape in
the docstring; 2. name it in `redub.terminal.commands.COMMANDS`; 3. describe it in the README.
"""
