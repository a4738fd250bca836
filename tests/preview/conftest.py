"""A preview of a small project, served in this process; its pages are rendered in others."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hexapla.previewing.preview import Preview, Said
from hexapla.previewing.processes import Nursery, Stage
from hexapla.previewing.server import Server, open_server
from hexapla.previewing.watching import Watcher
from tests.building.projects import build, make_project
from tests.support.trees import Tree


@dataclass
class Served:
    """A project that is served."""

    tree: Tree
    preview: Preview
    server: Server
    said: list[Said] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def ask(
        self, target: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request as it stands; give status, headers and content."""
        line = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=60)
        line.request(method, target, headers=headers or {})
        response = line.getresponse()
        found = response.status, dict(response.getheaders()), response.read()
        line.close()
        return found

    def change(self, path: str, text: str | None) -> None:
        """Write or remove a file, and wait until the preview has seen it."""
        version = self.preview.version
        file = self.tree.root / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert self.preview.wait(version, 60) > version, f"{path}: the change was not noticed"

    def read(self, path: str) -> str:
        return (self.tree.root / path).read_text(encoding="utf-8")


def open_stage(root: Path) -> Stage:
    from hexapla.mkdocs_adapter.previewing.stages import open_first_stage  # noqa: PLC0415

    return open_first_stage(root)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The project, built once: its search and so on are the build's."""
    tree = make_project(tmp_path_factory.mktemp("previewed") / "project")
    (tree.root / "docs/help/mail/block-a-sender/.meta.yml").write_text(
        "aliases: [old/block.md]\n", encoding="utf-8"
    )
    build(tree)
    return tree


@pytest.fixture(scope="session")
def served(project: Tree) -> Iterator[Served]:
    """The project, served for all tests: each leaves it as it was."""
    nursery = Nursery(lambda: open_stage(project.root))
    said: list[Said] = []
    preview = Preview(nursery, str(project.root), said.append)
    watcher = Watcher(preview.see_changes)
    preview.watch = watcher.watch
    server = open_server(preview, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    watcher.start()
    preview.renew()
    thread.start()
    preview.plan()
    yield Served(project, preview, server, said)
    preview.close()
    server.shutdown()
    server.server_close()
    thread.join()
    watcher.stop()
    nursery.close()
