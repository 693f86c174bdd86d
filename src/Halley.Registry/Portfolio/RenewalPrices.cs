using System.Globalization;
using Halley.Data;
using Halley.Data.Expressions;

namespace Halley.Registry;

/// <summary>The price of each renewal against that of the same risk as a new customer.</summary>
static class RenewalPrices
{
    // Amounts are rounded to the cent: less than half of one is no difference.
    const double HalfCent = 0.005;

    /// <param name="renewing">The release that prices renewals.</param>
    /// <param name="selling">The release that prices new customers.</param>
    internal static RenewalPriceEvidence? Of(
        RenewalPriceGate gate,
        LoadedRelease renewing,
        LoadedRelease selling,
        Table portfolio,
        CancellationToken cancellation
    )
    {
        var rows = gate.Renewals is null
            ? portfolio
            : TableExpressions.Where(portfolio, Expression.Parse(gate.Renewals, "renewals"));
        var asNew = rows;
        foreach (var (name, value) in gate.AsNew.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var field =
                selling.Definition.Inputs.Find(name)
                ?? throw new HalleyException(
                    "HLY5322",
                    $"gate '{gate.Name}': the decision '{selling.Definition.Name}' has no input '{name}'.{NearestText.Hint(name, selling.Definition.Inputs.Fields.Select(one => one.Name))} Correct as_new."
                );
            asNew = asNew.With(PortfolioRows.Constant(field, value, rows.RowCount));
        }
        if (
            Prices.Of(renewing, rows, null, cancellation) is not { } renewal
            || Prices.Of(selling, asNew, null, cancellation) is not { } fresh
        )
            return null;
        var (compared, dearer, excess, largest, worst) = (0L, 0L, 0.0, 0.0, -1);
        for (var row = 0; row < renewal.Length; row++)
        {
            if (double.IsNaN(renewal[row]) || !(fresh[row] > 0))
                continue;
            compared++;
            var more = renewal[row] - fresh[row];
            if (!(more > gate.Tolerance * fresh[row] + HalfCent))
                continue;
            dearer++;
            excess += more;
            if (more / fresh[row] > largest)
                (largest, worst) = (more / fresh[row], row);
        }
        return new()
        {
            Gate = gate.Name,
            Source = $"renewals by {renewing.Release.Id}, new customers by {selling.Release.Id}",
            Renewals = compared,
            Dearer = dearer,
            Excess = excess,
            Largest = largest,
            Example =
                worst < 0
                    ? null
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"row {worst + 1}: {renewal[worst]:0.00} where a new customer pays {fresh[worst]:0.00}"
                    ),
        };
    }
}
