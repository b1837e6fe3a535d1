"""Fits the runs on standard input as METR does, with scikit-learn. Written by make.mjs; prints JSON.

Weights: 1 / (runs of the task), for invsqrt also / sqrt(tasks of the family that the model tried), summing to 1 for each model.
A score y between 0 and 1 is a success of weight y and a failure of weight 1 - y. C = 1 / penalty.
"""
import collections
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression


def fit(runs, weights, penalty):
    count = collections.Counter(run["task_id"] for run in runs)
    families = collections.defaultdict(set)
    for run in runs:
        families[run["task_family"]].add(run["task_id"])
    weight = np.array([1 / count[run["task_id"]] for run in runs])
    if weights == "invsqrt":
        weight = weight / np.sqrt([len(families[run["task_family"]]) for run in runs])
    weight = weight / weight.sum()
    x = np.log2([run["human_minutes"] for run in runs]).reshape(-1, 1)
    y = np.array([run["score_binarized"] for run in runs], dtype=float)
    model = LogisticRegression(
        **({"penalty": None} if penalty == 0 else {"C": 1 / penalty}),
        solver="newton-cholesky", tol=1e-12, max_iter=10_000)
    parts = [(y > 0, np.ones(len(y)), weight * y), (y < 1, np.zeros(len(y)), weight * (1 - y))]
    model.fit(np.concatenate([x[keep] for keep, _, _ in parts]),
              np.concatenate([label[keep] for keep, label, _ in parts]),
              sample_weight=np.concatenate([its[keep] for keep, _, its in parts]))
    intercept, slope = float(model.intercept_[0]), float(model.coef_[0][0])
    return {"intercept": intercept, "slope": slope,
            "p50": float(2 ** (-intercept / slope)),
            "p80": float(2 ** ((np.log(4) - intercept) / slope))}


cases = json.load(sys.stdin)
answer = {}
for name, runs in cases.items():
    by = collections.OrderedDict()
    for run in runs:
        by.setdefault(run["alias"], []).append(run)
    answer[name] = [
        {"alias": alias, "weights": weights, "penalty": penalty, **fit(its, weights, penalty)}
        for weights in ("invsqrt", "equal") for penalty in (0, 0.1) for alias, its in by.items()]
json.dump(answer, sys.stdout, indent=1)
print()
