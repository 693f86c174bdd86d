"""Uses the wheel as a caller does: imported from the file itself, against the server whose address is given."""

import sys

wheel, address, project = sys.argv[1:]
sys.path.insert(0, wheel)
import halley_client

assert halley_client.__file__.startswith(wheel), halley_client.__file__
client = halley_client.Client(address)
rows = [{"age": 30.0, "area": "A", "fuel": "diesel", "exposure": 1.0}, {"age": 60.0, "area": "C", "fuel": "petrol", "exposure": 1.0}]
scores = client.predict("glm", rows)
columns = {name: [row[name] for row in rows] for name in rows[0]}
assert client.predict("glm", columns) == scores, scores
record = {"record_id": "r-1", "age": 30, "area": "A", "fuel": "diesel"}
answer = client.decide("decision", record, idempotency_key="k-1")
assert client.decide("decision", record, idempotency_key="k-1")["decision_id"] == answer["decision_id"]
assert abs(answer["outputs"]["prediction"] - scores[0]) < 1e-12, (answer, scores)
both = client.decide("decision", [{**record, "record_id": "r-2"}, {**record, "record_id": "r-3", "age": 60}])
assert both[0]["outputs"]["prediction"] != both[1]["outputs"]["prediction"], both
client.outcomes([{"outcome_id": "o-1", "decision_id": answer["decision_id"], "kind": "actual", "value": 1, "valuation_date": "2026-03-01"}])
try:
    client.decide("decision", {**record, "area": "Z"})
    raise SystemExit("a level that nobody knows was decided.")
except halley_client.HalleyError as refused:
    assert refused.status == 400 and refused.code.startswith("HLY") and refused.errors[0]["field"] == "area", vars(refused)
assert [run["model"] for run in halley_client.runs(project)] == ["glm"], halley_client.runs(project)
try:
    import pandas
except ImportError:
    pandas = None
if pandas:
    frame = pandas.DataFrame(rows, index=["x", "y"])
    series = client.predict("glm", frame)
    assert list(series) == scores and list(series.index) == ["x", "y"], series
print("client passed", "with pandas" if pandas else "without pandas")
