"""The preview over HTTP: the pages of a build, and what is wrong in their place."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from hexapla.lock import UNSETTLED, Line, render_lock
from hexapla.previewing.error_pages import add_script
from hexapla.storage import hash_blob
from tests.building.projects import ROOT, read_site
from tests.preview.conftest import Served

PAGE = "docs/help/mail/block-a-sender/index.sv-SE.md"
ADDRESS = "/sv-SE/help/mail/block-a-sender/"
SCRIPT = re.compile(rb'<script src="/_hexapla/preview\.js"[^>]*></script>')


def test_pages_are_those_of_a_build(served: Served) -> None:
    """Every file of the site: pages but for one script, all else byte for byte."""
    differing = []
    for path, expected in read_site(served.tree).items():
        status, headers, body = served.ask(f"/{path}")
        if path.endswith(".html"):
            assert headers["Content-Type"] == "text/html; charset=utf-8"
            body, count = SCRIPT.subn(b"", body)
            assert count == 1, path
        if status != 200 or body != expected:
            differing.append(path)
    assert differing == []


def test_a_folder_is_its_page(served: Served) -> None:
    assert served.ask(ADDRESS)[2] == served.ask(f"{ADDRESS}index.html")[2].replace(
        b"block-a-sender/index.html", b"block-a-sender/"
    )
    status, headers, _ = served.ask(ADDRESS.rstrip("/"))
    assert (status, headers["Location"]) == (302, ADDRESS)


def test_head_sends_no_content(served: Served) -> None:
    status, headers, body = served.ask(ADDRESS, "HEAD")
    assert status == 200
    assert int(headers["Content-Length"]) == len(served.ask(ADDRESS)[2])
    assert body == b""
    assert served.ask(ADDRESS, "POST")[0] == 501


def test_missing_addresses_have_their_locales_page(served: Served) -> None:
    for root, locale in (("/", b"en-US"), ("/sv-SE/", b"sv-SE")):
        status, _, body = served.ask(f"{root}nowhere/")
        assert status == 404
        assert b'lang="' + locale in body


def test_former_addresses_lead_on(served: Served) -> None:
    status, _, body = served.ask("/sv-SE/old/block/")
    assert status == 200
    assert b"help/mail/block-a-sender/" in body


@pytest.mark.parametrize(
    "target",
    [
        "/../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/assets/..%2f..%2fmkdocs.yml",
        "/docs/index.md",
        "/mkdocs.yml",
        "/main.html",
        "/interface/article.yml",
        "/.hexapla/build/state",
        "/help/TOC.yml",
        "/help/mail/block-a-sender/.meta.yml",
        "/help/mail/block-a-sender/index.md",
        "/_hexapla/../mkdocs.yml",
        "/_hexapla/server.py",
    ],
)
def test_nothing_else_is_served(served: Served, target: str) -> None:
    assert served.ask(target)[0] in {400, 404}


def test_only_this_host_is_served(served: Served) -> None:
    for headers in (
        {"Host": "evil.example"},
        {"Host": f"evil.example:{served.server.server_port}"},
        {"Origin": "http://evil.example"},
    ):
        status, _, body = served.ask(ADDRESS, headers=headers)
        assert status == 403
        assert b"<html" not in body
    assert served.ask(ADDRESS, headers={"Host": "localhost"})[0] == 200


def test_parts_of_files(served: Served) -> None:
    target = "/assets/hexapla/article.css"
    whole = served.ask(target)[2]
    status, headers, body = served.ask(target, headers={"Range": "bytes=5-9"})
    assert (status, body) == (206, whole[5:10])
    assert headers["Content-Range"] == f"bytes 5-9/{len(whole)}"
    assert served.ask(target, headers={"Range": "bytes=-4"})[2] == whole[-4:]
    assert served.ask(target, headers={"Range": "bytes=9-5"})[2] == whole


def test_edits_show(served: Served) -> None:
    text = served.read(PAGE)
    served.change(PAGE, f"{text}\nEtt nytt stycke.\n")
    assert "Ett nytt stycke." in served.ask(ADDRESS)[2].decode()
    served.change(PAGE, text)
    assert "Ett nytt stycke." not in served.ask(ADDRESS)[2].decode()


def test_a_withdrawn_page_says_so(served: Served) -> None:
    banner = b"hexapla-banner--withdrawn"
    assert banner not in served.ask(ADDRESS)[2]
    lock = render_lock("", [Line(PAGE, UNSETTLED, hash_blob(served.read(PAGE).encode()))])
    served.change("locales/sv-SE.lock", lock)
    assert banner in served.ask(ADDRESS)[2]
    served.change("locales/sv-SE.lock", None)
    assert banner not in served.ask(ADDRESS)[2]


def test_shared_metadata_shows(served: Served) -> None:
    path = "docs/help/mail/block-a-sender/.meta.yml"
    text = served.read(path)
    served.change(path, f"{text}description: Told of all locales at once\n")
    assert b"Told of all locales at once" in served.ask(ADDRESS)[2]
    served.change(path, "a: [\n")
    status, _, body = served.ask(ADDRESS)
    assert status == 500
    assert b"docs/help/mail/block-a-sender/.meta.yml:2" in body
    served.change(path, text)
    assert served.ask(ADDRESS)[0] == 200


def test_pages_appear_and_go(served: Served) -> None:
    target = "/help/mail/brand-new/"
    assert served.ask(target)[0] == 404
    served.change("docs/help/mail/brand-new/index.md", "# Brand new\n\nText.\n")
    assert b"Brand new" in served.ask(target)[2]
    assert served.ask(f"/sv-SE{target}")[0] == 200, "its fallback"
    served.change("docs/help/mail/brand-new/index.md", None)
    assert served.ask(target)[0] == 404


def test_titles_show_on_other_pages(served: Served) -> None:
    listing = "/" + next(
        path
        for path, data in read_site(served.tree).items()
        if path.startswith("sv-SE/products/") and b'/block-a-sender/"' in data
    )
    page = re.compile(r'href="[^"]*/block-a-sender/"[^>]*>\s*([^<]+?)\s*<')
    text = served.read(PAGE)
    before = page.findall(served.ask(listing)[2].decode())
    assert before
    served.change(PAGE, re.sub(r"(?m)^# .*$", "# En *annan* rubrik", text, count=1))
    found = page.findall(served.ask(listing)[2].decode())
    assert found == ["En annan rubrik"] * len(before)
    served.change(PAGE, text)
    assert page.findall(served.ask(listing)[2].decode()) == before


def test_a_broken_template_is_told_and_mended(served: Served) -> None:
    path = "overrides/partials/hexapla/heading.html"
    text = served.read(path)
    served.change(path, "{# one #}\n{% if %}\n" + text)
    for _ in range(2):
        status, _, body = served.ask(ADDRESS)
        assert status == 500
        assert f'<code dir="ltr">{path}:2</code>'.encode() in body
        assert b"<mark>    2  {% if %}</mark>" in body
    assert sum(f"{path}:2" in said.text for said in served.said) == 1
    served.change(path, "{{ nothing.at.all }}\n" + text)
    status, _, body = served.ask(ADDRESS)
    assert status == 500
    assert f"{path}:1".encode() in body
    served.change(path, text)
    assert served.ask(ADDRESS)[0] == 200


def test_a_broken_configuration_is_told_and_mended(served: Served) -> None:
    text = served.read("mkdocs.yml")
    served.change("mkdocs.yml", text.replace("site_name: Help", "site_name: [Help", 1))
    status, _, body = served.ask(ADDRESS)
    assert status == 500
    assert re.search(rb"mkdocs\.yml:\d+", body)
    assert served.ask("/assets/hexapla/article.css")[0] == 200, "what was read last is kept"
    served.change("mkdocs.yml", text.replace("topics_per_page: 50", "topics_per_page: 5"))
    status, _, body = served.ask(ADDRESS)
    assert status == 500
    assert b"topics_per_page: 5 is not a whole number" in body
    served.change("mkdocs.yml", text)
    assert served.ask(ADDRESS)[0] == 200


def test_what_the_configuration_inherits_is_watched(served: Served) -> None:
    text = served.read("mkdocs.yml")
    broken = text.replace("site_name: Help", "site_name: [Help", 1)
    served.tree.write({"base.yml": broken})
    served.change("mkdocs.yml", "INHERIT: base.yml\n")
    assert served.ask(ADDRESS)[0] == 500
    served.change("base.yml", text.replace("site_name: Hjälp", "site_name: Ärvd", 1))
    status, _, body = served.ask("/sv-SE/")
    assert status == 200
    assert "Ärvd" in body.decode()
    served.change("base.yml", text)
    assert "Ärvd" not in served.ask("/sv-SE/")[2].decode()
    served.change("mkdocs.yml", text)
    (served.tree.root / "base.yml").unlink()


def test_a_page_that_cannot_be_read_is_told(served: Served) -> None:
    file = served.tree.root / PAGE
    data = file.read_bytes()
    version = served.preview.version
    file.write_bytes(b"\xff\xfe broken")
    assert served.preview.wait(version, 60) > version
    status, _, body = served.ask(ADDRESS)
    assert status == 500
    assert PAGE.encode() in body
    assert served.ask("/sv-SE/help/mail/create-a-mail-rule/")[0] == 200
    served.change(PAGE, data.decode())
    assert served.ask(ADDRESS)[0] == 200


def test_scripts_are_added_before_the_end() -> None:
    found = add_script(b"<body>a</body> </body></html>", 'x"y/', "0", 1)
    assert found.startswith(b"<body>a</body> <script")
    assert b'data-path="x&quot;y/"' in found
    assert add_script(b"a", "", "0", 1).startswith(b"a<script")


def test_nothing_is_written_into_the_site(served: Served) -> None:
    before = read_site(served.tree)
    served.ask(ADDRESS)
    served.preview.plan()
    assert read_site(served.tree) == before


def test_the_command_ends_cleanly(served: Served) -> None:
    command = [sys.executable, "-m", "hexapla", "-C", str(served.tree.root), "serve"]
    busy = served.server.server_port
    process = subprocess.Popen(
        [*command, "--port", str(busy)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout
    line = process.stdout.readline()
    found = re.search(r"Serving http://127\.0\.0\.1:(\d+)/", line)
    assert found, process.communicate()
    assert int(found[1]) != busy
    process.send_signal(2)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"Port {busy} is taken" in errors
    assert "Traceback" not in errors
