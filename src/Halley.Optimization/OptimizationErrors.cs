using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Halley.Optimization;

/// <summary>What optimisation refuses. Codes HLY2340 to HLY2379.</summary>
static class OptimizationErrors
{
    [DoesNotReturn]
    internal static void ThrowBadOptions(string what, IReadOnlyList<string> problems) =>
        throw new HalleyException("HLY2340", $"{what}: {string.Join(" ", problems)}");

    /// <summary>The first of <paramref name="problems"/> are told, and how many more there are.</summary>
    [DoesNotReturn]
    internal static void ThrowBadRows(string what, IReadOnlyList<string> problems)
    {
        const int Told = 10;
        var more = problems.Count > Told ? $" And {problems.Count - Told} more." : "";
        throw new HalleyException("HLY2341", $"{what}: {string.Join(" ", problems.Take(Told))}{more}");
    }

    [DoesNotReturn]
    internal static void ThrowTooLarge(string measure, string policy, double value) =>
        throw new HalleyException(
            "HLY2342",
            string.Create(
                CultureInfo.InvariantCulture,
                $"measure '{measure}', policy '{policy}': {value} is not a whole number of at most 16,777,216 units. Give the measure a larger unit."
            )
        );

    [DoesNotReturn]
    internal static void ThrowNoPlan(string what, string reason) => throw new HalleyException("HLY2343", $"{what}: {reason}");
}
