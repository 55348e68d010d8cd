"""Solves a problem in the JSON form of package match, read from standard
input, with HiGHS in SciPy, one thread, for at most so many seconds."""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

problem = json.load(sys.stdin)
people, tasks = problem["people"], problem["tasks"]
cost, effort, person, task = [], [], [], []
for number, one in enumerate(tasks):
    for candidate in one["candidates"]:
        cost.append(-candidate["value"])
        effort.append(candidate["effort"])
        person.append(candidate["person"])
        task.append(number)
pairs = numpy.arange(len(cost))
once = coo_matrix((numpy.ones(len(cost)), (task, pairs)))
load = coo_matrix((effort, (person, pairs)))
began = time.process_time()
answer = milp(
    c=numpy.array(cost),
    constraints=[
        LinearConstraint(once.tocsr(), 1, 1),
        LinearConstraint(load.tocsr(), -numpy.inf, [one["capacity"] for one in people]),
    ],
    integrality=numpy.ones(len(cost)),
    bounds=Bounds(0, 1),
    options={"time_limit": float(sys.argv[1]), "mip_rel_gap": 0},
)
seconds = time.process_time() - began
value = None if answer.x is None else round(float(numpy.dot(cost, answer.x)))
print(json.dumps({"value": value, "seconds": seconds}))
