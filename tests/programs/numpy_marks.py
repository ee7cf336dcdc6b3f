"""numpy_marks.py in-place|temporaries STEPS

Adds one to a grid of 512 x 512 doubles, 2 MiB, in a marked region: in place, or by a new array in each step.
"""

import sys

import numpy

import countercheck

how, steps = sys.argv[1], int(sys.argv[2])
grid = numpy.zeros((512, 512))
grid += 1  # touched, and numpy has all it needs
countercheck.name_array(grid, "grid")

with countercheck.region(items=steps * grid.size):
    for _ in range(steps):
        if how == "in-place":
            grid += 1
        else:
            grid = grid + 1
countercheck.digest_real(grid.sum())
