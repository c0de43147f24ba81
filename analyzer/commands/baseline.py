"""``--baseline REPORT.json``: an earlier report, as what can be compared."""

from analyzer.commands.reports import SHAPE, read_report, refuse
from analyzer.comparison.model import Snapshot
from analyzer.files import shown
from analyzer.reporting.recorded import NotAReport, snapshot


def read_baseline(file: str) -> Snapshot:
    """Return what of an earlier JSON report can be compared.

    Raises:
        InventoryError: the file cannot be read, or is no such report.
    """
    tree = read_report(file)
    try:
        return snapshot(tree, shown(file))
    except NotAReport as error:
        refuse(file, error.section, "cannot be compared", SHAPE)
