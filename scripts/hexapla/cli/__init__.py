"""The command line: the only place that prints, and that decides how a command ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from hexapla.errors import HexaplaError
from hexapla.storage import discard_output

_MODULES = {
    "build": "building",
    "check": "checking",
    "conflicts": "settling",
    "diff": "differing",
    "explain": "explaining",
    "import": "importing",
    "locale": "locales",
    "resolve": "settling",
    "serve": "serving",
    "show": "showing",
    "status": "status",
    "sync": "syncing",
}
"""Command → the module of this package that has it."""


class _LoadedCommands(Mapping[str, click.Command]):
    """The commands by name, each loaded when it is asked for: most runs need one."""

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"hexapla.cli.{_MODULES[name]}")
        command: click.Command = getattr(module, f"{name}_" if iskeyword(name) else name)
        # What keeps click from filling a paragraph's lines; raw docstrings cannot hold it.
        command.help = (command.help or "").replace(r"\b", "\b")
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


class _Commands(click.Group):
    """The commands; where their reader has gone, click itself would say that they failed."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            discard_output(sys.stdout)  # the reader has what it wants
            return 0


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 clean, 1 findings or conflicts, 2 usage or configuration, 3 internal.",
)
@click.version_option(package_name="hexapla")
@click.option(
    "-C",
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Work in this repository instead of the current folder's.",
)
@click.pass_context
def hexapla(context: click.Context, root: Path) -> None:
    r"""Turn localized help articles into one source bundle per topic.

    \b
    Examples:
      hexapla import vendor/help.sv-SE.tar.xz
      hexapla sync --dry-run
      hexapla show help/files/share-a-folder
    """
    context.obj = root
    if os.environ.get("NO_COLOR"):
        context.color = False


commands: Any = _LoadedCommands()  # click only reads them
hexapla.commands = commands
hexapla.help = (hexapla.help or "").replace(r"\b", "\b")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code.

    Args:
        arguments: The command line without the program's name; None: the process's.
    """
    try:
        code = hexapla.main(arguments, prog_name="hexapla", standalone_mode=False)
    except HexaplaError as error:
        click.echo(f"hexapla: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("hexapla: interrupted; run the command again to go on", err=True)
        sys.exit(130)
    except Exception as error:
        from traceback import print_exc  # noqa: PLC0415 - seldom needed

        print_exc()
        click.echo(f"hexapla: internal error: {error!r}; please report it", err=True)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)
