"""Operations in place on an array that is allotted once; only the rolled copies are new."""

import numpy

from countercheck.diffusion.physics import D, DT

SHIFTS = ((1, 0), (-1, 0), (1, 1), (-1, 1))


def run(grid, iterations, region):
    grid = numpy.array(grid)
    other = numpy.empty_like(grid)
    other.fill(0)  # touched: its pages are not for the region to fault in
    with region:
        for _ in range(iterations):
            advance(grid, other)
            grid, other = other, grid
    return grid


def advance(grid, after):
    numpy.multiply(grid, -4.0, out=after)
    for shift, axis in SHIFTS:
        after += numpy.roll(grid, shift, axis)
    after *= DT * D
    after += grid
