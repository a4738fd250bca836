"""The measure for sync: a plain script that only reads, strips with one pattern, and writes."""

# Plain os calls: as such a script would be written, and as fast as it can be.
# ruff: noqa: PTH103, PTH118, PTH123
from __future__ import annotations

import os
import re
import sys

UNIT = re.compile(
    r'<span data-ttu-id=(?:"|&quot;)[^>]*?>(.*?)</span>'
    r'<span class=(?:"|&quot;)sxs-lookup(?:"|&quot;)><span data-stu-id=[^>]*?>(.*?)</span></span>',
    re.DOTALL,
)


def strip_tree(source: str, target: str) -> int:
    """Write each Markdown file of a tree without its units' markup; give their number."""
    count = 0
    for folder, _, names in os.walk(source):
        out = os.path.join(target, os.path.relpath(folder, source))
        os.makedirs(out, exist_ok=True)
        for name in names:
            if name.endswith(".md"):
                with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
                    text = file.read()
                with open(os.path.join(out, name), "w", encoding="utf-8", newline="") as file:
                    file.write(UNIT.sub(r"\1", text))
                count += 1
    return count


if __name__ == "__main__":
    print(strip_tree(*sys.argv[1:]))
