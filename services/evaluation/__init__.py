"""How good a classifier is, on lines it has not seen: reading them, asking, counting, showing."""

from services.evaluation.curve import curve_svg
from services.evaluation.examples import Example, ExampleError, read_examples
from services.evaluation.outcomes import Outcome, evaluate, prediction
from services.evaluation.report import Confusion, Report, ScenarioFigures, report
from services.evaluation.table import table

__all__ = [
    "Confusion",
    "Example",
    "ExampleError",
    "Outcome",
    "Report",
    "ScenarioFigures",
    "curve_svg",
    "evaluate",
    "prediction",
    "read_examples",
    "report",
    "table",
]
