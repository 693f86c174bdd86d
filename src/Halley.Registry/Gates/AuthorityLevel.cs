using System.Globalization;

namespace Halley.Registry;

/// <summary>What a change of a size needs. A level holds where either measure reaches it.</summary>
public sealed record AuthorityLevel
{
    /// <summary>Change of the total premium, up or down, as a share; null where it does not count.</summary>
    public double? TotalChange { get; init; }

    /// <summary>Share of policies that move by more than the gate's threshold; null where it does not count.</summary>
    public double? MovedShare { get; init; }

    /// <summary>Approvals that are needed, each by another person. Range: at least 0.</summary>
    public required int Approvals { get; init; }

    /// <summary>The role of which one of them must be; null for any.</summary>
    public string? Role { get; init; }

    internal bool IsReached(double totalChange, double movedShare) =>
        (TotalChange is null && MovedShare is null)
        || (TotalChange is { } total && !(Math.Abs(totalChange) < total))
        || (MovedShare is { } moved && !(movedShare < moved));

    internal string Describe()
    {
        var measures = new[]
        {
            TotalChange is { } total
                ? string.Create(CultureInfo.InvariantCulture, $"the total premium moves by {100 * total:0.##} % or more")
                : null,
            MovedShare is { } moved
                ? string.Create(CultureInfo.InvariantCulture, $"{100 * moved:0.##} % of policies or more move")
                : null,
        }.OfType<string>();
        var when = string.Join(" or ", measures);
        return when.Length == 0 ? "always" : $"where {when}";
    }
}
