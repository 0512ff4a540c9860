"""The PDE problems: how inputs are drawn, how they are solved, which network learns them and how it is described."""

from surrogates.problems.burgers import BURGERS
from surrogates.problems.darcy import DARCY
from surrogates.problems.problem import Problem

PROBLEMS: dict[str, Problem] = {problem.name: problem for problem in (BURGERS, DARCY)}
