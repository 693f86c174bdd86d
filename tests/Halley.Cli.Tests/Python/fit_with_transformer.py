"""Fits an XGBoost model behind a ColumnTransformer; writes model.json, features.yaml and scored.csv into the folder it runs in."""

import math
import sys

sys.path.insert(0, sys.argv[1])

import numpy as np
import xgboost
from features_from_sklearn import NotCarried, write_features
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    Binarizer,
    FunctionTransformer,
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    RobustScaler,
    StandardScaler,
)

random = np.random.RandomState(7)
n = 600
columns = ["age", "density", "power", "annual km", "brand", "region", "garage"]
X = np.empty((n, len(columns)), dtype=object)
X[:, 0] = np.where(random.rand(n) < 0.1, np.nan, 18 + random.randint(0, 60, n))
X[:, 1] = np.exp(random.rand(n) * 8)
X[:, 2] = random.randint(4, 13, n).astype(float)
X[:, 3] = random.rand(n) * 30000
X[:, 4] = random.choice(["B1", "B2", "it's", "B,4"], n)
X[:, 5] = np.where(random.rand(n) < 0.1, None, random.choice(["North", "South", "West"], n))
X[:, 6] = random.choice(["yes", "no"], n)

prepare = ColumnTransformer(
    [
        ("age", Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), [0]),
        (
            "density",
            Pipeline([("scale", MinMaxScaler(feature_range=(1, 2), clip=True)), ("log", FunctionTransformer(np.log))]),
            [1],
        ),
        ("bands", KBinsDiscretizer(4, encode="ordinal", strategy="quantile"), [2]),
        ("boxes", KBinsDiscretizer(3, encode="onehot-dense", strategy="uniform"), [3]),
        ("km", RobustScaler(), [3]),
        ("brand", OneHotEncoder(handle_unknown="ignore"), [4]),
        (
            "region",
            Pipeline(
                [
                    ("fill", SimpleImputer(missing_values=None, strategy="most_frequent")),
                    ("code", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)),
                ]
            ),
            [5],
        ),
        ("garage", OneHotEncoder(drop="first", handle_unknown="ignore"), [6]),
        ("high", Binarizer(threshold=9), [2]),
        ("share", MaxAbsScaler(), [1]),
        ("unused", "drop", [0]),
        ("as it is", "passthrough", [2]),
    ],
    sparse_threshold=0,
)
Z = prepare.fit_transform(X).astype(float)
rate = np.exp(-1 + 0.01 * np.nan_to_num(X[:, 0].astype(float), nan=40.0) + 0.3 * (X[:, 4] == "B1"))
booster = xgboost.train(
    {"objective": "count:poisson", "max_depth": 5, "eta": 0.3, "base_score": 0.5}, xgboost.DMatrix(Z, random.poisson(rate)), 20
)
booster.save_model("model.json")
write_features(prepare, "features.yaml", columns=columns)

# Beside the rows of the fit: levels that were not there.
X = np.vstack([X, X[:20]])
X[n : n + 10, 4] = "B9"
X[n + 10 :, 5] = "East"
predictions = booster.predict(xgboost.DMatrix(prepare.transform(X).astype(float)))


def cell(value):
    if value is None or isinstance(value, float) and math.isnan(value):
        return ""
    text = value if isinstance(value, str) else repr(float(value))
    return '"%s"' % text if "," in text else text


with open("scored.csv", "w") as file:
    file.write(",".join(columns) + ",prediction\n")
    for row, prediction in zip(X, predictions):
        file.write(",".join(cell(value) for value in row) + ",%r\n" % float(prediction))

for name, part in [("powers", PolynomialFeatures()), ("own", FunctionTransformer(lambda x: x))]:
    try:
        write_features(ColumnTransformer([(name, part, [3])]).fit(X), "other.yaml", columns=columns)
        print("carried what it can't:", name)
    except NotCarried as problem:
        print("refused:", problem)
