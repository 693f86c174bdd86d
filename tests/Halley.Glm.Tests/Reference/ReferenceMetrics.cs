using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Figures of merit that R found.</summary>
static class ReferenceMetrics
{
    internal static double Published(string set, string model, string part, string metric) =>
        Single("data/reference/glm_metrics.csv", "value", ("set", set), ("model", model), ("part", part), ("metric", metric));

    internal static double Oracle(string id, string column) => Single("oracles/glm/fits.csv", column, ("id", id));

    static double Single(string file, string column, params (string Name, string Value)[] keys)
    {
        var table = CsvReader.Read(SharedData.Path(file), options: new() { MissingTexts = ["NA"] });
        var row = Enumerable.Range(0, table.RowCount).Single(row => keys.All(key => table[key.Name].TextAt(row) == key.Value));
        return table.Numeric(column).Values[row];
    }
}
