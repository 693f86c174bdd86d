using System.Globalization;
using Halley.Data;
using Halley.Data.Expressions;

namespace Halley.Registry;

/// <summary>No renewal is dearer than the same risk as a new customer, policy by policy.</summary>
public sealed record RenewalPriceGate : Gate
{
    /// <summary>Condition on the portfolio's rows: which of them are renewals; null for all.</summary>
    public string? Renewals { get; init; }

    /// <summary>What makes a renewal a new customer: inputs and the values that they take.</summary>
    public required IReadOnlyDictionary<string, string> AsNew { get; init; }

    /// <summary>How much dearer is accepted, as a share. Range: at least 0. Default 0.</summary>
    public double Tolerance { get; init; }

    /// <summary>Largest share of renewals that may be dearer. Range [0, 1]. Default 0.</summary>
    public double MaximumShare { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (!(Tolerance >= 0))
            yield return "tolerance must be at least 0";
        if (!(MaximumShare is >= 0 and <= 1))
            yield return "maximum_share must lie in [0, 1]";
        if (Renewals is not null && ExpressionProblem(Renewals) is { } problem)
            yield return $"renewals: {problem}";
    }

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not RenewalPriceEvidence found)
            return Fail(
                "Renewals were not compared with new business.",
                "Name a portfolio with --portfolio; the decision needs an output 'premium' or 'price' of kind money."
            );
        if (found.Renewals == 0)
            return Fail(
                "The portfolio has no renewal with a price.",
                "Name a portfolio with renewals, or correct the condition."
            );
        var share = (double)found.Dearer / found.Renewals;
        if (share <= MaximumShare)
            return Pass(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.Dearer} of {found.Renewals} renewals are dearer than the same risk as a new customer."
                ),
                share,
                MaximumShare
            );
        return Fail(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Dearer} of {found.Renewals} renewals are dearer than the same risk as a new customer, together by {found.Excess:N2}, one by {100 * found.Largest:0.##} %{(found.Example is null ? "" : $" ({found.Example})")}."
            ),
            "Take what a new customer does not have out of the renewal's price, or cap the renewal at the price of new business.",
            share,
            MaximumShare
        );
    }

    static string? ExpressionProblem(string text)
    {
        try
        {
            Expression.Parse(text);
            return null;
        }
        catch (HalleyException problem)
        {
            return problem.Message.TrimEnd('.');
        }
    }
}
