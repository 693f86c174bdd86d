using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Halley.Statistics;

/// <summary>Checks of the lengths of spans that belong together.</summary>
static class Shapes
{
    /// <summary>All spans have the rows of <paramref name="y"/>; an empty <paramref name="weight"/> stands for ones.</summary>
    internal static void Check(ReadOnlySpan<double> y, ReadOnlySpan<double> other, ReadOnlySpan<double> weight)
    {
        Same(y, other);
        if (!weight.IsEmpty)
            Same(y, weight);
    }

    internal static void Same(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        [CallerArgumentExpression(nameof(second))] string? name = null
    )
    {
        if (first.Length != second.Length)
            Refuse(first.Length, second.Length, name);
    }

    [DoesNotReturn]
    static void Refuse(int expected, int actual, string? name) =>
        throw new ArgumentException($"the spans must have one length: {expected} rows are expected, not {actual}.", name);
}
