"""Halley from Python: scores, decisions and outcomes of a running server, and the run ledger of a project.

Needs nothing beside the standard library. Records are dictionaries; where pandas is installed, data frames go in and come out.
"""

import json
import pathlib
import urllib.error
import urllib.parse
import urllib.request

__all__ = ["Client", "HalleyError", "runs"]
__version__ = "0.1.0"


class HalleyError(Exception):
    """What the server refused: its status, its code where it has one, and every problem in words."""

    def __init__(self, status, document):
        detail = document.get("detail") or document.get("title") or document.get("error") or "no reason given"
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.code = document.get("code")
        self.errors = document.get("errors", [])


class Client:
    """A decision server by its address, for example ``Client("http://127.0.0.1:5480")``.

    key: a key of ``halley key create`` or a token, where the server asks for one; timeout: seconds for one request.
    """

    def __init__(self, address, key=None, timeout=30.0):
        self._address = address.rstrip("/")
        self._key = key
        self._timeout = timeout

    def predict(self, model, data):
        """Scores of a model for rows: a list of dictionaries, a dictionary of columns, or a data frame.

        Returns a list of floats, or a Series with the frame's index. The model's own inputs are sent, other columns are not.
        """
        columns = _columns(data)
        place = "/v2/models/" + urllib.parse.quote(model)
        inputs = []
        for field in self._send("GET", place)["inputs"]:
            name = field["name"]
            if name not in columns:
                raise ValueError(f"the rows have no column '{name}', which model '{model}' needs; they have {', '.join(columns)}.")
            values = columns[name]
            inputs.append({"name": name, "shape": [len(values)], "datatype": field["datatype"], "data": values})
        scores = self._send("POST", place + "/infer", {"inputs": inputs})["outputs"][0]["data"]
        if not _is_frame(data):
            return scores
        import pandas

        return pandas.Series(scores, index=data.index, name=model)

    def decide(self, decision, data, idempotency_key=None, **call):
        """One decision for a dictionary; a list of them for rows or a data frame, in their order, each with its own id.

        Further arguments are members of the request, for example ``explain=True`` or ``transaction="renewal"``.
        A key makes a repeated request get its first answer; it goes with a single record.
        """
        place = "/v1/decisions/" + urllib.parse.quote(decision)
        if isinstance(data, dict):
            return self._send("POST", place, {**call, "inputs": data}, idempotency_key)
        if idempotency_key is not None:
            raise ValueError("an idempotency key goes with one record, and there are several.")
        return [self._send("POST", place, {**call, "inputs": record}) for record in _records(data)]

    def outcomes(self, data):
        """Reports what became of decisions: rows with outcome_id, decision_id, kind, value and valuation_date."""
        return self._send("POST", "/v1/outcomes", {"outcomes": _records(data)})

    def _send(self, method, place, document=None, idempotency_key=None):
        body = None if document is None else json.dumps(document, default=str, allow_nan=False).encode()
        request = urllib.request.Request(self._address + place, data=body, method=method)
        request.add_header("Content-Type", "application/json")
        if self._key:
            request.add_header("Authorization", "Bearer " + self._key)
        if idempotency_key:
            request.add_header("Idempotency-Key", idempotency_key)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                text = answer.read()
                return json.loads(text) if text else {}
        except urllib.error.HTTPError as refused:
            raise HalleyError(refused.code, _problem(refused.read())) from None


def runs(project="."):
    """The run ledger of a project's folder, oldest first: a dictionary for each fit, with its metrics."""
    path = pathlib.Path(project) / ".halley" / "runs.jsonl"
    if not path.exists():
        raise FileNotFoundError(f"'{project}' has no run ledger ({path}). Fit a model with 'halley fit' first.")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _problem(body):
    try:
        document = json.loads(body)
    except ValueError:
        return {"detail": body.decode(errors="replace")[:500]}
    return document if isinstance(document, dict) else {"detail": str(document)}


def _is_frame(data):
    return hasattr(data, "to_dict") and hasattr(data, "index") and hasattr(data, "columns")


def _plain(value):
    """Numbers of NumPy as Python's, and what is missing as None, which JSON can say."""
    value = value.item() if hasattr(value, "item") else value
    return None if value != value else value


def _records(data):
    rows = data.to_dict("records") if _is_frame(data) else data
    if isinstance(rows, dict):
        names = list(rows)
        rows = [dict(zip(names, values)) for values in zip(*rows.values())]
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _columns(data):
    if isinstance(data, dict):
        return {name: [_plain(value) for value in values] for name, values in data.items()}
    rows = _records(data)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return {name: [row.get(name) for row in rows] for name in names}
