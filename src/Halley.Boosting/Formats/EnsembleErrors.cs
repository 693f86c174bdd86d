using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>What the reader of tree ensembles refuses. Code HLY2210.</summary>
static class EnsembleErrors
{
    const string Remedy = "The file is damaged or was not made by Halley: take it again from where it was made.";

    [DoesNotReturn]
    internal static void ThrowAt(int position, FormattableString problem) =>
        Throw(string.Create(CultureInfo.InvariantCulture, $"tree ensemble, byte {position}: "), problem);

    [DoesNotReturn]
    internal static void ThrowNode(int node, FormattableString problem) =>
        Throw(string.Create(CultureInfo.InvariantCulture, $"tree ensemble, node {node}: "), problem);

    [DoesNotReturn]
    internal static void Throw(string place, FormattableString problem) =>
        throw new HalleyException("HLY2210", $"{place}{problem.ToString(CultureInfo.InvariantCulture)} {Remedy}");
}
