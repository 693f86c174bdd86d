"""Writes features.yaml for `halley import` from a fitted scikit-learn ColumnTransformer.

In Python:
    from features_from_sklearn import write_features
    write_features(pipeline["prepare"], "features.yaml", columns=list(X.columns), names=booster.feature_names)

On the command line, with a transformer (or a pipeline that starts with one) saved by joblib or pickle:
    python3 features_from_sklearn.py prepare.joblib features.yaml --columns age,brand --names f0,f1,f2

Carried: StandardScaler, MinMaxScaler, MaxAbsScaler, RobustScaler, SimpleImputer, OneHotEncoder, OrdinalEncoder, TargetEncoder,
KBinsDiscretizer, Binarizer, FunctionTransformer of a few numpy functions, pipelines of these, 'passthrough' and 'drop'.
Anything else is named, and nothing is written.
"""

import argparse
import json
import math
import pickle
import re
import sys


class NotCarried(Exception):
    """What can't be written as an expression."""


class Column:
    """A column on its way through the transformer: the expression that computes it, and the field that it came from."""

    def __init__(self, expression, field, is_text=False):
        self.expression, self.field, self.is_text = expression, field, is_text


class Writer:
    def __init__(self):
        self.levels = {}  # field -> texts, in order; absent for numbers
        self.others = set()  # fields whose unseen levels are a level of their own, so that they differ from missing
        self.tables = {}
        self.notes = []

    def field(self, name):
        return Column(_name(name), name)

    def use_texts(self, column, categories):
        texts = [str(value) for value in categories if not _is_missing(value)]
        known = self.levels.setdefault(column.field, [])
        known.extend(text for text in texts if text not in known)

    def use_others(self, column):
        if column.field in self.levels:
            self.others.add(column.field)

    def table(self, base, keys, rows, default=None):
        name = re.sub(r"\W", "_", base)
        while name in self.tables:
            name += "_"
        self.tables[name] = (keys, rows, default)
        return name


def write_features(transformer, path, columns=None, names=None):
    """Writes features.yaml.

    columns: names of the request's fields, where the transformer was fitted on an array.
    names: names of the model's features, in order; f0, f1, ... where not given, as XGBoost has them for arrays.
    """
    text, notes = features_yaml(transformer, columns, names)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    for note in notes:
        print("note: " + note, file=sys.stderr)


def features_yaml(transformer, columns=None, names=None):
    transformer = _column_transformer(transformer)
    raw = _raw_names(transformer, columns)
    writer = Writer()
    made = []
    for label, part, chosen in transformer.transformers_:
        fields = [writer.field(raw[index]) for index in _indexes(chosen, raw, transformer)]
        if isinstance(part, str) and part == "drop" or not fields:
            continue
        made.extend(_apply(part, fields, writer, label))
    names = list(names) if names is not None else ["f%d" % index for index in range(len(made))]
    if len(names) != len(made):
        raise NotCarried("the transformer makes %d columns, and %d names are given" % (len(made), len(names)))
    return _yaml(writer, names, made), writer.notes


def _column_transformer(transformer):
    if hasattr(transformer, "transformers_"):
        return transformer
    steps = getattr(transformer, "steps", [])
    if steps and hasattr(steps[0][1], "transformers_"):
        return steps[0][1]
    raise NotCarried("%s is no fitted ColumnTransformer, and no pipeline that starts with one" % type(transformer).__name__)


def _raw_names(transformer, columns):
    known = list(getattr(transformer, "feature_names_in_", [])) or (list(columns) if columns is not None else None)
    if known is None:
        raise NotCarried("the transformer was fitted on an array: give the names of its columns")
    if len(known) != transformer.n_features_in_:
        raise NotCarried("the transformer was fitted on %d columns, and %d names are given" % (transformer.n_features_in_, len(known)))
    return [str(name) for name in known]


def _indexes(chosen, raw, transformer):
    if isinstance(chosen, slice):
        return list(range(len(raw)))[chosen]
    if isinstance(chosen, (str, int)):
        chosen = [chosen]
    indexes = []
    for position, one in enumerate(list(chosen)):
        if isinstance(one, str):
            indexes.append(raw.index(one))
        elif type(one).__name__ in ("bool", "bool_"):
            indexes.extend([position] if one else [])
        else:
            indexes.append(int(one))
    return indexes


def _apply(part, columns, writer, label):
    kind = type(part).__name__
    if isinstance(part, str):
        if part == "passthrough":
            return columns
        raise NotCarried("transformer '%s' is '%s'" % (label, part))
    if kind == "Pipeline":
        for name, step in part.steps:
            if step is not None and not (isinstance(step, str) and step == "passthrough"):
                columns = _apply(step, columns, writer, label + "." + name)
        return columns
    if kind not in STEPS:
        raise NotCarried("transformer '%s' is a %s" % (label, kind))
    return STEPS[kind](part, columns, writer, label)


def _shifted(column, offset, scale):
    text = column.expression
    if offset is not None and float(offset) != 0:
        text = "(%s - %s)" % (text, _number(offset))
    if scale is not None and float(scale) != 1:
        text = "%s / %s" % (text, _number(scale))
    return Column(text if text == column.expression else "(%s)" % text, column.field)


def _standard(part, columns, writer, label):
    means = part.mean_ if part.with_mean else [None] * len(columns)
    scales = part.scale_ if part.with_std else [None] * len(columns)
    return [_shifted(column, mean, scale) for column, mean, scale in zip(columns, means, scales)]


def _min_max(part, columns, writer, label):
    made = []
    for column, scale, low in zip(columns, part.scale_, part.min_):
        text = "(%s * %s + %s)" % (column.expression, _number(scale), _number(low))
        if getattr(part, "clip", False):
            text = "clamp(%s, %s, %s)" % (text, _number(part.feature_range[0]), _number(part.feature_range[1]))
        made.append(Column(text, column.field))
    return made


def _max_abs(part, columns, writer, label):
    return [_shifted(column, None, scale) for column, scale in zip(columns, part.scale_)]


def _robust(part, columns, writer, label):
    centres = part.center_ if part.with_centering else [None] * len(columns)
    scales = part.scale_ if part.with_scaling else [None] * len(columns)
    return [_shifted(column, centre, scale) for column, centre, scale in zip(columns, centres, scales)]


def _impute(part, columns, writer, label):
    if getattr(part, "add_indicator", False):
        raise NotCarried("transformer '%s': SimpleImputer with add_indicator" % label)
    if not _is_missing(part.missing_values):
        raise NotCarried("transformer '%s': SimpleImputer of %r, not of missing values" % (label, part.missing_values))
    made = []
    for column, value in zip(columns, part.statistics_):
        if _is_missing(value):
            if not getattr(part, "keep_empty_features", False):
                continue
            value = 0
        if isinstance(value, str):
            writer.use_texts(column, [value])
        made.append(Column("coalesce(%s, %s)" % (column.expression, _value(value)), column.field, isinstance(value, str)))
    return made


def _one_hot(part, columns, writer, label):
    if getattr(part, "_infrequent_enabled", False):
        raise NotCarried("transformer '%s': OneHotEncoder that merges rare categories" % label)
    dropped = part.drop_idx_ if part.drop_idx_ is not None else [None] * len(columns)
    if part.handle_unknown == "error":
        writer.notes.append("'%s': scikit-learn refuses unseen categories; here all their columns are 0" % label)
    made = []
    for column, categories, without in zip(columns, part.categories_, dropped):
        _texts(column, categories, writer)
        writer.use_others(column)
        for index, category in enumerate(categories):
            if without is not None and index == without:
                continue
            if _is_missing(category):
                made.append(Column("if(is_missing(%s), 1, 0)" % column.expression, column.field))
                continue
            text = "if(%s == %s, 1, 0)" % (column.expression, _value(category))
            made.append(Column("coalesce(%s, 0)" % text, column.field))
    return made


def _ordinal(part, columns, writer, label):
    made = []
    for column, categories in zip(columns, part.categories_):
        _texts(column, categories, writer)
        writer.use_others(column)
        rows = [([_cell(category)], index) for index, category in enumerate(categories) if not _is_missing(category)]
        unknown = getattr(part, "unknown_value", None)
        is_known = unknown is not None and not _is_missing(unknown)
        name = writer.table(column.field + "_code", [column.field], rows, unknown if is_known else -1)
        text = "lookup(%s, %s)" % (name, column.expression)
        if not is_known:
            # No row of the table: the code is missing.
            text = "if(%s == -1, missing, %s)" % (text, text)
        missing = [index for index, category in enumerate(categories) if _is_missing(category)]
        encoded = getattr(part, "encoded_missing_value", None)
        value = encoded if encoded is not None else missing[0] if missing else unknown
        known = value is not None and not _is_missing(value)
        made.append(Column("coalesce(%s, %s)" % (text, _number(value)) if known and is_known else text, column.field))
    if getattr(part, "handle_unknown", "error") == "error":
        writer.notes.append("'%s': scikit-learn refuses unseen categories; here their code is missing" % label)
    return made


def _target(part, columns, writer, label):
    if getattr(part, "target_type_", "continuous") == "multiclass":
        raise NotCarried("transformer '%s': TargetEncoder of several classes" % label)
    made = []
    for column, categories, encodings in zip(columns, part.categories_, part.encodings_):
        _texts(column, categories, writer)
        pairs = [(category, value) for category, value in zip(categories, encodings)]
        rows = [([_cell(category)], value) for category, value in pairs if not _is_missing(category)]
        writer.use_others(column)
        name = writer.table(column.field + "_mean", [column.field], rows, part.target_mean_)
        missing = [value for category, value in pairs if _is_missing(category)]
        value = missing[0] if missing else part.target_mean_
        made.append(Column("coalesce(lookup(%s, %s), %s)" % (name, column.expression, _number(value)), column.field))
    return made


def _bands(part, columns, writer, label):
    made = []
    for column, edges in zip(columns, part.bin_edges_):
        inner = [_number(edge) for edge in edges[1:-1]]
        ends = [""] + inner + [""]
        rows = [(["%s..%s" % (low, high)], index) for index, (low, high) in enumerate(zip(ends, ends[1:]))]
        if not inner:
            text = "if(is_missing(%s), missing, 0)" % column.expression
        else:
            text = "lookup(%s, %s)" % (writer.table(column.field + "_band", [{"range": column.field}], rows), column.expression)
        if part.encode == "ordinal":
            made.append(Column(text, column.field))
        else:
            made.extend(Column("if(%s == %d, 1, 0)" % (text, index), column.field) for index in range(len(rows)))
    return made


def _binarise(part, columns, writer, label):
    return [Column("if(%s > %s, 1, 0)" % (column.expression, _number(part.threshold)), column.field) for column in columns]


FUNCTIONS = {"log": "log(%s)", "log1p": "log(1 + %s)", "exp": "exp(%s)", "expm1": "(exp(%s) - 1)", "sqrt": "sqrt(%s)", "abs": "abs(%s)", "absolute": "abs(%s)", "square": "(%s ^ 2)"}


def _function(part, columns, writer, label):
    if part.func is None:
        return columns
    name = getattr(part.func, "__name__", "?")
    if name not in FUNCTIONS or type(part.func).__name__ != "ufunc" or part.kw_args:
        raise NotCarried("transformer '%s': the function '%s'" % (label, name))
    return [Column(FUNCTIONS[name] % column.expression, column.field) for column in columns]


STEPS = {
    "StandardScaler": _standard,
    "MinMaxScaler": _min_max,
    "MaxAbsScaler": _max_abs,
    "RobustScaler": _robust,
    "SimpleImputer": _impute,
    "OneHotEncoder": _one_hot,
    "OrdinalEncoder": _ordinal,
    "TargetEncoder": _target,
    "KBinsDiscretizer": _bands,
    "Binarizer": _binarise,
    "FunctionTransformer": _function,
}


def _texts(column, categories, writer):
    if any(isinstance(category, str) for category in categories):
        writer.use_texts(column, categories)


def _is_missing(value):
    return value is None or isinstance(value, float) and math.isnan(value) or type(value).__name__ in ("NAType", "NaTType")


def _number(value):
    number = float(value)
    if not math.isfinite(number):
        raise NotCarried("the number %r" % number)
    return repr(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _value(value):
    if isinstance(value, str):
        if "'" in value and '"' in value:
            raise NotCarried("the category %r, which holds both kinds of quotes" % value)
        return '"%s"' % value if "'" in value else "'%s'" % value
    return _number(value)


def _cell(category):
    return category if isinstance(category, str) else _number(category)


def _name(name):
    plain = re.fullmatch(r"[A-Za-z_]\w*", name) and name not in ("and", "or", "not", "in", "true", "false", "missing", "if")
    return name if plain else "`%s`" % name


def _yaml(writer, names, made):
    quoted = json.dumps
    lines = ["fields:"]
    for field in dict.fromkeys(column.field for column in made):
        lines.append("  %s: %s" % (quoted(field, ensure_ascii=False), _kind(writer, field)))
    if writer.tables:
        lines.append("tables:")
    for name, (keys, rows, default) in writer.tables.items():
        lines.append("  %s:" % name)
        lines.append("    keys: %s" % quoted(keys, ensure_ascii=False))
        if default is not None:
            lines.append("    default: %s" % quoted(_number(default)))
        lines.append("    rows:")
        for cells, value in rows:
            lines.append("      - %s" % quoted([*cells, _number(value)], ensure_ascii=False))
    lines.append("features:")
    for name, column in zip(names, made):
        if column.expression == _name(name):
            continue
        if name in {other.field for other in made}:
            raise NotCarried("the model's feature '%s' is computed, and is also a field of the request: give names" % name)
        lines.append("  %s: %s" % (quoted(name, ensure_ascii=False), quoted(column.expression, ensure_ascii=False)))
    return "\n".join(lines) + "\n"


def _kind(writer, field):
    if field not in writer.levels:
        return "number"
    levels = list(writer.levels[field])
    if field not in writer.others:
        return "{ levels: %s }" % json.dumps(levels, ensure_ascii=False)
    other = "(unseen)"
    while other in levels:
        other = "(%s)" % other
    return "{ levels: %s, unseen: %s }" % (json.dumps(levels + [other], ensure_ascii=False), json.dumps(other))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("transformer", help="joblib or pickle file of a fitted ColumnTransformer or pipeline")
    arguments.add_argument("out", help="features.yaml to write")
    arguments.add_argument("--columns", help="names of the fields, separated by commas, where it was fitted on an array")
    arguments.add_argument("--names", help="names of the model's features, separated by commas; default f0, f1, ...")
    given = arguments.parse_args()
    try:
        import joblib

        transformer = joblib.load(given.transformer)
    except ImportError:
        with open(given.transformer, "rb") as file:
            transformer = pickle.load(file)
    try:
        split = lambda text: text.split(",") if text else None
        write_features(transformer, given.out, split(given.columns), split(given.names))
    except NotCarried as problem:
        sys.exit("not carried: %s. Nothing was written." % problem)


if __name__ == "__main__":
    main()
