"""The ledger -> ``LEDGER.md`` for people and ``ledger.json`` for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from analyzer.kits.model import STATUSES, Entry, File, Status
from analyzer.kits.printers.markdown import bullets, document, escape, heading, table

VERSION = 1
_WORDS: Mapping[Status, str] = {
    "converted": "converted",
    "approximated": "approximated",
    "person": "**needs a person**",
    "impossible": "impossible",
}


def ledger_files(
    option: str,
    entries: Iterable[Entry],
    left_out: Mapping[str, str],
    notes: Iterable[str],
    policies: Iterable[tuple[str, str]] = (),
) -> list[File]:
    """Return both forms. ``notes`` are what no service's key says; ``policies`` are exceptions."""
    listed = sorted(entries)
    said = sorted(set(notes))
    return [
        File("LEDGER.md", _markdown(option, listed, left_out, said, policies)),
        File("ledger.json", _json(option, listed, left_out, said)),
    ]


def _json(option: str, entries: list[Entry], left_out: Mapping[str, str], notes: list[str]) -> str:
    tree = {
        "ledger": VERSION,
        "option": option,
        "left_out": dict(sorted(left_out.items())),
        "notes": notes,
        "entries": [
            {
                "id": entry.id,
                "form": entry.form,
                "service": entry.service,
                "key": entry.key,
                "status": entry.status,
                "text": entry.text,
                "place": str(entry.source),
                "blocking": entry.blocking,
            }
            for entry in entries
        ],
    }
    return json.dumps(tree, indent=1, ensure_ascii=False) + "\n"


def _markdown(
    option: str,
    entries: list[Entry],
    left_out: Mapping[str, str],
    notes: list[str],
    policies: Iterable[tuple[str, str]],
) -> str:
    forms = sorted({entry.form for entry in entries})
    counts = Counter((entry.form, entry.status) for entry in entries)
    summary = table(
        ("form", *STATUSES),
        [(form, *(str(counts[form, status]) for status in STATUSES)) for form in forms],
    )
    blocks = [
        heading(1, f"Ledger: {option}"),
        (
            "What became of every key of every service. Files name an entry by its id, as in"
            " `TODO plex/devices`. `ledger.json` lists what was converted without a change as well."
        ),
        summary,
    ]
    if left_out:
        blocks += [
            heading(2, "Left out"),
            bullets(_line(*one) for one in sorted(left_out.items())),
        ]
    if notes:
        blocks += [heading(2, "For you to do first"), bullets(escape(note) for note in notes)]
    for form in forms:
        own = [entry for entry in entries if entry.form == form]
        blocks += [heading(2, form), *_form(own)]
    listed = [(f"`{check}`", escape(why)) for check, why in policies]
    if listed:
        blocks += [
            heading(2, "Policies that the manifests do not follow"),
            "Each is a rule of a common policy checker, and why it is not followed here.",
            table(("policy", "why"), listed),
        ]
    return document(blocks)


def _line(name: str, why: str) -> str:
    return f"**{escape(name)}**: {escape(why)}"


def _form(entries: list[Entry]) -> list[str]:
    """Return what differs, by service; what all services share is said once."""
    shown = [entry for entry in entries if entry.status != "converted"]
    repeated = Counter((_root(entry.key), entry.status, entry.text) for entry in shown)
    common = {what for what, times in repeated.items() if times > _COMMON}
    rows = [
        (f"`{key}`", _WORDS[status], escape(text), f"{repeated[key, status, text]} times")
        for key, status, text in sorted(common)
    ]
    blocks = [table(("key", "what", "how, or why not", "for"), rows)]
    one_by_one = [
        entry for entry in shown if (_root(entry.key), entry.status, entry.text) not in common
    ]
    blocks.append(
        table(
            ("id", "what", "how, or why not", "stated at"),
            [
                (
                    escape(entry.id),
                    _WORDS[entry.status],
                    escape(entry.text),
                    escape(str(entry.source)),
                )
                for entry in one_by_one
            ],
        )
    )
    return blocks


_COMMON = 2
"""Services that a remark has to be the same for, to be said once for all of them."""


def _root(key: str) -> str:
    return key.partition("[")[0]
