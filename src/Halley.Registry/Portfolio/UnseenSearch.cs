using Halley.Data;

namespace Halley.Registry;

/// <summary>Finds levels of a portfolio that the decision or a model of it does not list.</summary>
static class UnseenSearch
{
    const int Named = 10;

    internal static UnseenEvidence Of(string gate, LoadedRelease release, Table portfolio)
    {
        var exposure = PortfolioRows.Exposure(portfolio);
        var total = exposure.Sum();
        var schemas = release
            .Models.OrderBy(model => model.Key, StringComparer.Ordinal)
            .Select(model => (Where: $"model {model.Key}", model.Value.ScoreInputs))
            .Prepend((Where: "the decision", ScoreInputs: release.Definition.Inputs));
        var (found, looked) = (new List<UnseenField>(), 0);
        foreach (var (where, schema) in schemas)
        {
            foreach (var field in schema.Fields.Where(field => field.Levels is not null))
            {
                // A model may read a derived value that no portfolio holds.
                if (portfolio.Find(field.Name) is not { } column)
                    continue;
                looked++;
                var unseen = new Dictionary<string, double>(StringComparer.Ordinal);
                for (var row = 0; row < column.RowCount; row++)
                {
                    if (column.TextAt(row) is { } level && field.Levels!.CodeOf(level) < 0)
                        unseen[level] = unseen.GetValueOrDefault(level) + exposure[row];
                }
                if (unseen.Count > 0)
                    found.Add(
                        new(
                            field.Name,
                            where,
                            unseen.Values.Sum() / total,
                            [
                                .. unseen
                                    .OrderByDescending(pair => pair.Value)
                                    .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                                    .Take(Named)
                                    .Select(pair => pair.Key),
                            ]
                        )
                    );
            }
        }
        return new()
        {
            Gate = gate,
            Fields = found,
            Checked = looked,
        };
    }
}
