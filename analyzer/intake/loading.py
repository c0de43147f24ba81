"""Paths of any format -> the estate: what `analyse` and `import` have in common.

Both go the same way, so that a report on files and one on the inventory made of them agree: the
drafts become one tree, dependencies are looked for with the values of variables at hand, and what
is left without values is the inventory.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from analyzer import yamlfile
from analyzer.errors import InventoryError, Problem
from analyzer.files import Document, Files
from analyzer.graph.values import value_clues
from analyzer.intake import exposure, publishing
from analyzer.intake.merging import Gathered, gather
from analyzer.intake.recognition import Found, recognise
from analyzer.intake.repair import repair
from analyzer.inventory import merging, reading
from analyzer.inventory.draft import Draft, Remark
from analyzer.inventory.loading import assemble
from analyzer.inventory.model import Inventory, Source
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.model import Rulebook
from analyzer.tree import COLUMN_BITS, Map, pack, split_line, unpack

_Native = tuple[Document, Any]
"""An inventory's own file and its tree, which may be anything that YAML can say."""


class Options(NamedTuple):
    """How to import: the ``host`` that everything runs on; ``strict``: nothing may be left out.

    ``outside`` lets files name others outside of what was given.
    """

    host: str | None = None
    strict: bool = False
    outside: bool = False


class Note(NamedTuple):
    """A remark with its place: what became of a key, see `Remark`."""

    source: Source
    path: str
    reach: str
    text: str


class Imported(NamedTuple):
    """An inventory as a tree without values; ``files`` are its sources by number, and all notes."""

    tree: Map
    files: tuple[str, ...]
    notes: tuple[Note, ...]


def load_estate(
    paths: Sequence[str],
    settings: Sequence[tuple[str, str]],
    rulebook: Callable[[], Rulebook],
    options: Options = Options(),  # noqa: B008 - a constant
    written: reading.Written | None = None,
) -> Inventory:
    """Return the estate that files of any format describe together.

    Where an inventory describes what other files describe as well, its word counts.

    Args:
        paths: files or folders, each of any format, or ``-`` for standard input.
        settings: what-if values, each a dotted key and a value as written in YAML.
        rulebook: what images are for; asked only when there is something to infer.
        options: how to import.
        written: takes up the entries as they are written, for whoever converts them.

    Raises:
        InventoryError: with every problem found.
    """
    files = Files(outside=options.outside)
    found = recognise(paths, files)
    natives, problems = _natives(found.natives)
    if problems:
        raise InventoryError(problems)
    trees = [(document.name, tree) for document, tree in natives]
    if found.by_format:
        imported = _imported(found, natives, files, rulebook(), options)
        _lend(imported.tree, [tree for _, tree in natives])
        trees.insert(0, ("", imported.tree))
    return assemble(trees, settings, files.names, written)


def import_sources(
    form: str | None, paths: Sequence[str], rulebook: Rulebook, options: Options
) -> Imported:
    """Return what files of one format, or of any, say, as an inventory without values.

    Raises:
        InventoryError: nothing can be made of them; or, when strict, anything is left out.
    """
    files = Files(outside=options.outside)
    found = recognise(paths, files, form, inventories=False)
    if found.natives:
        remedy = "it is an inventory already; leave it out here"
        names = [document.name for document in found.natives]
        raise InventoryError(
            [Problem(name, 0, 0, "", "nothing to import", remedy) for name in names]
        )
    return _imported(found, [], files, rulebook, options)


def _natives(
    documents: Sequence[Document],
) -> tuple[list[_Native], list[Problem]]:
    """Return the trees of inventories' own files, with their numbers in the marks."""
    trees: list[_Native] = []
    problems: list[Problem] = []
    for document in documents:
        try:
            roots, found = yamlfile.parse_all(
                document.data, document.name, number=document.number, most=1
            )
        except yamlfile.YamlError as error:
            problems.append(error.problem)
            continue
        problems += found
        trees.append((document, roots[0] if roots else None))
    return trees, problems


def _imported(
    found: Found,
    natives: Sequence[_Native],
    files: Files,
    rulebook: Rulebook,
    options: Options,
) -> Imported:
    """Return the tree without values of what is no inventory."""
    gathered, remarks = _gathered(found, natives, files, options)
    names = files.names
    images = RuleImages(rulebook)
    tree = gathered.tree
    remarks += exposure.with_proxies(tree, gathered.routes)
    inventory = _with_values(tree, natives, names)
    clues = value_clues(inventory, images, gathered.hints, gathered.routes)
    clues = [clue for clue in clues if clue.dependent in tree.get("services", ())]
    exposure.expose(tree, gathered.routes, clues, names)
    public = publishing.publish(tree, gathered.hints, clues, names)
    listed = publishing.unread(remarks, names)
    if listed:
        public.put("unread", listed, 0)
    notes = _notes(remarks, names)
    if options.strict:
        _refuse_any_left_out(notes)
    return Imported(public, names, notes)


def _gathered(
    found: Found, natives: Sequence[_Native], files: Files, options: Options
) -> tuple[Gathered, list[Remark]]:
    """Return all drafts as one, without what the inventory's readers refuse."""
    from analyzer.importers import IMPORTERS  # noqa: PLC0415 - not for inventories

    drafts: list[Draft] = []
    problems: list[Problem] = []
    for form, importer in IMPORTERS.items():
        if form in found.by_format:
            try:
                read = importer.read(found.by_format[form], files, options.host)
                names = files.names
                drafts += sorted(read, key=partial(_order, names=names))
            except InventoryError as error:
                problems += error.problems
    if problems and (options.strict or not any(draft.tree or draft.routes for draft in drafts)):
        raise InventoryError(problems)
    known = [
        name
        for _, tree in natives
        if isinstance(tree, Map) and isinstance(tree.get("hosts"), Map)
        for name in tree["hosts"]
    ]
    gathered = gather(drafts, known, options.host)
    remarks = [*gathered.remarks, *repair(gathered.tree)]
    numbers = {name: number for number, name in enumerate(files.names)}
    remarks += [_remark(problem, numbers) for problem in problems]
    return gathered, remarks


def _order(draft: Draft, names: Sequence[str]) -> tuple[str, list[str], list[str]]:
    """Return what puts drafts of one format in an order that is not the order of their files."""
    services = draft.tree.get("services")
    marks = services.marks if isinstance(services, Map) else []
    numbers = {split_line(mark >> COLUMN_BITS)[0] for mark in marks}
    listed = sorted(services) if isinstance(services, Map) else []
    return draft.project or "", sorted(names[number] for number in numbers), listed


def _remark(problem: Problem, numbers: Mapping[str, int]) -> Remark:
    """Return a problem that was not the end as a remark."""
    mark = pack(problem.line or 1, problem.column or 1, numbers.get(problem.file, 0))
    return Remark(mark, problem.path, "broken", f"{problem.what}; {problem.remedy}")


def _with_values(tree: Map, natives: Sequence[_Native], names: tuple[str, ...]) -> Inventory:
    """Return the estate with values, as far as it can be read: for inference only."""
    full = _copied(tree)
    own = [_copied(root) for _, root in natives if isinstance(root, Map)]
    _lend(full, own)
    parts = [reading.read(root, "", names)[0] for root in (full, *own)]
    return merging.merge(parts)[0]


def _copied(tree: Map) -> Map:
    """Return a tree whose sections and entries may be changed without changing the given one's."""
    copied = Map(tree.mark)
    for (section, entries), mark in zip(tree.items(), tree.marks, strict=False):
        copied.put(section, _shallow(entries), mark)
    return copied


def _shallow(entries: object) -> object:
    if type(entries) is not Map:
        return entries
    copied = Map(entries.mark)
    for (name, entry), mark in zip(entries.items(), entries.marks, strict=False):
        own: object = entry
        if type(entry) is Map:
            own = Map(entry.mark)
            own.update(entry)
            own.marks.extend(entry.marks)
        copied.put(name, own, mark)
    return copied


def _lend(tree: Map, owners: Sequence[Any]) -> None:
    """Move what a tree says of entries that an owner describes into the owner's, as far as new."""
    for section in ("hosts", "services", "volumes"):
        entries = tree.get(section)
        for owner in owners:
            owned = owner.get(section) if isinstance(owner, Map) else None
            if type(entries) is not Map or type(owned) is not Map:
                continue
            for name in [name for name in entries if name in owned]:
                mark, lent = entries.mark_of(name), entries.take(name)
                if type(owned[name]) is not Map:
                    owned.put(name, lent, mark)
                    continue
                for key, value in lent.items():
                    if key not in owned[name]:
                        owned[name].put(key, value, lent.mark_of(key))


def _notes(remarks: Sequence[Remark], files: Sequence[str]) -> tuple[Note, ...]:
    """Return remarks with their places, in order."""
    notes = set()
    for remark in remarks:
        where = publishing.place(remark.mark, files)._replace(column=unpack(remark.mark)[1])
        notes.add(Note(where, remark.path, remark.reach, remark.text))
    return tuple(sorted(notes))


def _refuse_any_left_out(notes: Sequence[Note]) -> None:
    problems = [
        Problem(*note.source, note.path, note.text, "correct it, or import without --strict")
        for note in notes
        if note.reach in ("not understood", "broken")
    ]
    if problems:
        raise InventoryError(problems)
