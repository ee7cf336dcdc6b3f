"""The variants: a row for each."""

import importlib.util
from typing import NamedTuple


class Variant(NamedTuple):
    name: str
    module: str  # of this package
    scheme: str  # what the book calls it
    stresses: str
    needs: tuple = ()  # modules, each with the Debian package that has it
    threads: bool = False

    def missing(self):
        """Why it cannot be run here; empty where it can be."""
        for module, package in self.needs:
            if importlib.util.find_spec(module) is None:
                return f"this Python has no {module} (Debian: {package})"
        return ""


NUMPY = ("numpy", "python3-numpy")

VARIANTS = (
    Variant("lists", "lists", "Python", "A bytecode for everything, a float of its own for each value, new lists in every step."),
    Variant("lists-reuse", "lists_reuse", "Python + memory", "The same without new lists: both grids are allotted once."),
    Variant("numpy", "rolls", "numpy", "Whole-array operations, each into a newly allotted array.", (NUMPY,)),
    Variant("numpy-in-place", "in_place", "numpy + memory", "Operations in place; only the rolled copies are new.", (NUMPY,)),
    Variant("numpy-roll-add", "roll_add", "numpy + memory + laplacian", "No copy and no new array: slices added where they belong.", (NUMPY,)),
    Variant(
        "numexpr",
        "expression",
        "numpy + memory + laplacian + numexpr",
        "numpy-roll-add with its last two passes joined, block by block through the cache, by threads.",
        (NUMPY, ("numexpr", "python3-numexpr")),
        threads=True,
    ),
    Variant(
        "scipy",
        "filtered",
        "numpy + memory + scipy",
        "A filter for any number of dimensions and any border.",
        (NUMPY, ("scipy", "python3-scipy")),
    ),
)


def listing():
    """As countercheck-workload --list has it, with what is missing here."""
    rows = [
        {
            "name": one.name,
            "scheme": one.scheme,
            "stresses": one.stresses,
            "periodic": True,
            "threads": one.threads,
            "schedule": False,
            "missing": one.missing(),
        }
        for one in VARIANTS
    ]
    return {
        "families": [
            {
                "name": "python",
                "says": "The job of diffusion in Python, with lists, numpy, numexpr and scipy.",
                "work_item": "cell update",
                "size_is": "edge of the grid in cells",
                "problem": "{size} x {size} doubles",
                "steps_alike": True,
                "initial_states": True,
                "defaults": {
                    "size": 128,
                    "iterations": 50,
                    "initial": "block",
                    "seed": 1,
                    "threads": 1,
                    "schedule": "static",
                },
                "variants": rows,
            }
        ]
    }
