"""The diffusion job of countercheck-workload in Python, by the schemes of High Performance Python, chapter 6.

    countercheck run python
    countercheck stat --region -- python3 -m countercheck.diffusion numpy --size 256 --iterations 50

Each scheme is a module of this package with one function, run(grid, iterations, region): the grid comes as a list of
rows, is advanced in the region, and is returned, whatever it has become. Equation, initial states and digest are those
of the built-in variants: each scheme computes what they compute.
"""
