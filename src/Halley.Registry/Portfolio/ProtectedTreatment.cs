using Halley.Data;
using Halley.Models;

namespace Halley.Registry;

/// <summary>How a release treats people of the levels of an attribute that it must not know.</summary>
static class ProtectedTreatment
{
    const int Replicates = 20;

    /// <param name="claims">The model whose expectation claims are held against, with the data that it learned from; null where they are not at hand.</param>
    internal static ProtectedAttribute Of(
        ProtectedGate gate,
        string attribute,
        LoadedRelease release,
        Table portfolio,
        (FittedModel Model, Table Data)? claims,
        CancellationToken cancellation
    )
    {
        // 1. Who reads it.
        var readers = release
            .Models.Where(model => model.Value.Inputs.Find(attribute) is not null)
            .Select(model => $"model {model.Key}")
            .Order(StringComparer.Ordinal);
        IReadOnlyList<string> readBy = release.Definition.Inputs.Find(attribute) is null
            ? [.. readers]
            : ["the decision", .. readers];
        // 2. What its levels cost and pay.
        var column = portfolio[attribute];
        var exposure = PortfolioRows.Exposure(portfolio);
        var levels =
            claims is { } known && known.Data.Has(attribute)
                ? Claims(gate, attribute, known.Model, known.Data, cancellation)
                : [];
        var priced = Paid(release, portfolio, column, exposure, cancellation);
        // 3. What gives it away.
        var proxies = release
            .Definition.Inputs.Fields.Where(field =>
                field.Role != Role.Id && field.Name != attribute && portfolio.Has(field.Name)
            )
            .Select(field => new ProxyField(field.Name, Association.Of(portfolio[field.Name], column, exposure)))
            .Where(proxy => !double.IsNaN(proxy.Association))
            .OrderByDescending(proxy => proxy.Association)
            .ThenBy(proxy => proxy.Field, StringComparer.Ordinal);
        return new(attribute, readBy, Joined(levels, priced), [.. proxies]);
    }

    static List<ProtectedLevel> Claims(
        ProtectedGate gate,
        string attribute,
        FittedModel model,
        Table data,
        CancellationToken cancellation
    )
    {
        // Simultaneous intervals (Bonferroni): a first look counts the levels that are judged.
        var options = new EvaluationOptions { Factors = [attribute], Replicates = Replicates };
        var first = Evaluation.Of(model, data, options, cancellation).Factors[0];
        var judged = Math.Max(1, first.Levels.Count(level => level.Expected >= gate.MinimumExpected));
        var atLevel = options with { Level = 1 - (1 - gate.Confidence) / judged };
        return
        [
            .. Evaluation
                .Of(model, data, atLevel, cancellation)
                .Factors[0]
                .Levels.Select(level => new ProtectedLevel(
                    level.Level,
                    level.Exposure,
                    level.Actual,
                    level.Expected,
                    level.Ratio?.Lower ?? double.NaN,
                    level.Ratio?.Upper ?? double.NaN,
                    double.NaN
                )),
        ];
    }

    /// <summary>Mean price and exposure by level of the portfolio, weighted by exposure.</summary>
    static Dictionary<string, (double Exposure, double Price)> Paid(
        LoadedRelease release,
        Table portfolio,
        Column column,
        double[] exposure,
        CancellationToken cancellation
    )
    {
        var prices = Prices.Of(release, portfolio, null, cancellation);
        var sums = new Dictionary<string, (double Exposure, double Priced, double Sum)>(StringComparer.Ordinal);
        for (var row = 0; row < column.RowCount; row++)
        {
            var level = column.TextAt(row) ?? "(missing)";
            var (years, priced, sum) = sums.GetValueOrDefault(level);
            var hasPrice = prices is not null && !double.IsNaN(prices[row]);
            sums[level] = (
                years + exposure[row],
                priced + (hasPrice ? exposure[row] : 0),
                sum + (hasPrice ? exposure[row] * prices![row] : 0)
            );
        }
        return sums.ToDictionary(pair => pair.Key, pair => (pair.Value.Exposure, pair.Value.Sum / pair.Value.Priced));
    }

    static List<ProtectedLevel> Joined(List<ProtectedLevel> levels, Dictionary<string, (double Exposure, double Price)> paid)
    {
        var joined = levels
            .Select(level => paid.TryGetValue(level.Level, out var own) ? level with { MeanPrice = own.Price } : level)
            .ToList();
        joined.AddRange(
            paid.Where(pair => levels.All(level => level.Level != pair.Key))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new ProtectedLevel(pair.Key, pair.Value.Exposure, 0, 0, double.NaN, double.NaN, pair.Value.Price))
        );
        return joined;
    }
}
