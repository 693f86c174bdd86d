using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>A derived feature, parsed, with its rule for missing results.</summary>
/// <param name="Tables">Lookup tables that the expression may read; null for none.</param>
sealed record FeatureStep(
    string Name,
    Expression Expression,
    ValueRule WhenMissing,
    IReadOnlyDictionary<string, LookupTable>? Tables = null
);
