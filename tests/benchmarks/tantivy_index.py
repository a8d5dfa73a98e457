"""Tantivy as one would use it for Chinese without segmenting words: run by a Python that has it, which may be another.

    python tantivy_index.py build FOLDER < DOCUMENTS    a JSON array of paragraphs a line
    python tantivy_index.py ask FOLDER < QUERIES        a JSON string a line; each answered by [documents, milliseconds]

A field holds the pairs of neighbouring characters with their places, another the single characters: then any phrase is
found wherever it stands, as a phrase of pairs that do not overlap. What is timed is what the library is timed for: how
many documents, and the first 50 of them with all their hits and a snippet. Needs nothing of this project.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import tantivy  # type: ignore[import-not-found,unused-ignore]

PAGE = 50
AROUND = 20
"""Characters of a snippet before the hit, and after it."""
BETWEEN = "\n"
"""Stands between paragraphs, so that no phrase reaches over."""


def schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("single", tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("text", stored=True)
    return builder.build()


def solid(text: str) -> str:
    """Without the spaces that would part a token."""
    return text.replace(" ", "␣")


def build(folder: Path, lines: Any) -> None:
    folder.mkdir(parents=True)
    writer = tantivy.Index(schema(), path=str(folder)).writer(heap_size=512_000_000)
    for line in lines:
        paragraphs = [solid(text) for text in json.loads(line)]
        pairs = f" {BETWEEN}¶ ".join(" ".join(a + b for a, b in pairwise(p)) for p in paragraphs)
        document = tantivy.Document(pairs=pairs, single=" ".join(set("".join(paragraphs))))
        document.add_bytes("text", BETWEEN.join(paragraphs).encode())
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def phrase(index: Any, query: str) -> Any:
    if len(query) == 1:
        return tantivy.Query.term_query(index.schema, "single", query, "freq")
    starts = [*range(0, len(query) - 1, 2), *([len(query) - 2] if len(query) % 2 else [])]
    if len(starts) == 1:
        return tantivy.Query.term_query(index.schema, "pairs", query, "freq")
    return tantivy.Query.phrase_query(index.schema, "pairs", [(at, query[at : at + 2]) for at in starts])


def ask(index: Any, query: str) -> int:
    """A screen of results; how many documents there are."""
    query = solid(query)
    searcher = index.searcher()
    found = searcher.search(phrase(index, query), limit=PAGE, count=True)
    for _, address in found.hits:
        text = searcher.doc(address)["text"][0].decode()
        hits, at = [], text.find(query)
        while at >= 0:
            hits.append(at)
            at = text.find(query, at + len(query))
        text[max(hits[0] - AROUND, 0) : hits[0] + len(query) + AROUND]
    return int(found.count)


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "build":
        build(folder, sys.stdin)
        return
    index = tantivy.Index.open(str(folder))
    for line in sys.stdin:
        query = json.loads(line)
        begun = time.perf_counter()
        count = ask(index, query)
        print(json.dumps([count, 1000 * (time.perf_counter() - begun)]), flush=True)


if __name__ == "__main__":
    main()
