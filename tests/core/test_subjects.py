from __future__ import annotations

import datetime

import pytest

from hexapla.subjects import read_day, read_subject

PAGE = """\
---
title: "Title of the front matter"
description: What it is about.
keywords: [rules, filters]
---
# Create a [mail rule](x.md) **now** {#create}

See [this](../block-a-sender/index.md#a), [that](../../meet/join%20us/index.md "T") and
[elsewhere](https://host.example/index.md), [itself](../create/index.md).

```
# No heading
```

## Filter `mail`
"""


def test_a_subject_is_what_the_source_says() -> None:
    subject = read_subject(
        "help/mail/create", PAGE, {"ms.service": "mail", "ms.custom": ["1", "2"]}
    )
    assert subject.title == "Create a mail rule now"
    assert subject.text.split("\n") == [
        "Create a mail rule now",
        "Title of the front matter",
        "What it is about.",
        "rules filters",
        "Create a mail rule now",
        "Filter mail",
    ]
    assert subject.metadata["ms.service"] == ("mail",)
    assert subject.metadata["ms.custom"] == ("1", "2")
    assert subject.links == {"help/mail/block-a-sender", "help/meet/join us"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "start"),
        ("---\ntitle: T\n---\n## Second level\n", "T"),
        ("---\n: [\n---\n# Heading\n", "Heading"),
        ("---\nnever closed\n", "start"),
        ("[out](../../../../x/index.md)", "start"),
    ],
)
def test_a_subject_always_has_a_title(text: str, title: str) -> None:
    subject = read_subject("help/start", text, {})
    assert subject.title == title
    assert subject.links == frozenset()


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ({"ms.date": "06/07/2021"}, "2021-06-07"),
        ({"ms.date": "6/7/2021", "ms.lasthandoff": "01/01/2022"}, "2021-06-07"),
        ({"ms.date": "", "ms.lasthandoff": "01/02/2022"}, "2022-01-02"),
        ({"ms.date": datetime.date(2021, 6, 7)}, "2021-06-07"),
        ({"ms.date": "soon"}, ""),
        ({}, ""),
    ],
)
def test_days(metadata: dict[str, object], day: str) -> None:
    assert read_day(metadata) == day
