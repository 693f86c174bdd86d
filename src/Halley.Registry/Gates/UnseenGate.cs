using System.Globalization;

namespace Halley.Registry;

/// <summary>The levels of a portfolio are known to the decision and to its models.</summary>
public sealed record UnseenGate : Gate
{
    /// <summary>Largest share of the exposure with an unseen level, in any field. Range [0, 1]. Default 0.</summary>
    public double MaximumShare { get; init; }

    public override IEnumerable<string> Validate() => MaximumShare is >= 0 and <= 1 ? [] : ["maximum_share must lie in [0, 1]"];

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not UnseenEvidence found)
            return Fail("Unseen levels were not looked for.", "Name a portfolio with --portfolio.");
        var worst = found.Fields.OrderByDescending(field => field.Share).FirstOrDefault();
        if (worst is null)
            return Pass($"Every level of the portfolio is known in all {found.Checked} category fields.", 0, MaximumShare);
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * worst.Share:0.##} % of the exposure has levels of {worst.Field} that {worst.Where} never saw: {string.Join(", ", worst.Levels)}"
        );
        return worst.Share <= MaximumShare
            ? Pass(sentence + ".", worst.Share, MaximumShare)
            : Fail(
                sentence + ".",
                "Refit on data with these levels, or declare what unseen levels count as.",
                worst.Share,
                MaximumShare,
                worst.Field
            );
    }
}
