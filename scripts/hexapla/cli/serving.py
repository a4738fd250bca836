"""``hexapla serve``: the site while it is written, each page rendered when it is asked for."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import click

from hexapla.cli.output import escape_controls
from hexapla.previewing.addresses import is_loopback
from hexapla.previewing.preview import Preview, Said
from hexapla.previewing.processes import Nursery, Stage
from hexapla.previewing.server import Server, open_server
from hexapla.previewing.watching import Watcher
from hexapla.storage import Repository, find_repository, sign_file

_COLOURS = {"error": "red", "warning": "yellow"}
_ENDS = frozenset({signal.SIGINT, signal.SIGTERM})
"""What ends the preview."""
_BREATH = 0.5
"""Seconds without a change before the navigation is planned anew."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port, or the next one that is free; 0: any.",
)
@click.option("--open", "-o", "is_opened", is_flag=True, help="Open the site in a browser.")
@click.pass_obj
def serve(root: Path, *, host: str, port: int, is_opened: bool) -> int:
    r"""Show the site while it is written.

    Pages are rendered when they are asked for. A change to a page, to metadata, templates or
    mkdocs.yml shows in the browser by itself; what is wrong is told there and here. The search
    finds what the last `hexapla build` has seen.

    \b
    Examples:
      hexapla serve
      hexapla serve --port 0 --open
    """
    started = time.monotonic()
    repository = find_repository(root)
    nursery = Nursery(lambda: _open_stage(repository.root))  # first of all: no threads yet
    preview = Preview(nursery, str(repository.root), _say)
    watcher = Watcher(preview.see_changes)
    preview.watch = watcher.watch
    # Only the main thread is to be interrupted, and only where it waits for that.
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        server = open_server(preview, host, port)
        address = _announce(server, host, port)
        watcher.start()
        watcher.watch(preview.list_roots().values())

        def begin() -> None:
            preview.renew()
            click.echo(f"Serving {address} ({time.monotonic() - started:.1f} s); Ctrl-C ends it.")
            _tell_age(repository)
            preview.needs_plan.set()
            if is_opened:
                click.launch(address)
            _keep_planned(preview)

        for work in (server.serve_forever, begin):
            threading.Thread(target=work, daemon=True).start()
        signal.sigwait(_ENDS)
        click.echo("\nDone.")
    finally:
        preview.close()
        nursery.close()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
    return 0


def _open_stage(root: Path) -> Stage:
    """Load MkDocs, in a process of its own."""
    from hexapla.mkdocs_adapter.previewing.stages import open_first_stage  # noqa: PLC0415

    return open_first_stage(root)


def _announce(server: Server, host: str, port: int) -> str:
    """Say what is worth knowing of where the site is served; give its address."""
    taken = server.server_port
    if port and taken != port:
        click.echo(f"Port {port} is taken: this is at {taken}.", err=True)
    if not is_loopback(host):
        label = click.style("warning: ", fg="yellow", bold=True)
        text = f"{host} can be reached from other machines: whoever is there can read the site"
        click.echo(label + text, err=True)
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{taken}/"


def _tell_age(repository: Repository) -> None:
    """Say what the search and other lists of all pages are of."""
    if sign_file(repository.cache / "build" / "state") is None:
        click.echo("The search needs `hexapla build` once: there is no index yet.")


def _keep_planned(preview: Preview) -> None:
    """Plan the navigation anew when something has changed that it follows from."""
    while preview.needs_plan.wait() and not preview.is_over:
        version = preview.version
        while (now := preview.wait(version, _BREATH)) != version:
            version = now
        if not preview.is_over:
            preview.plan()


def _say(said: Said) -> None:
    """Print what the preview says, with the time."""
    label = click.style(f"{said.kind}: ", fg=_COLOURS.get(said.kind), bold=True)
    text = escape_controls(said.text)
    clock = click.style(time.strftime("%H:%M:%S"), dim=True)
    click.echo(f"{clock} {label if said.kind in _COLOURS else ''}{text}", err=True)
