using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>From the fields of a request to the features of an imported model.</summary>
/// <param name="Fields">Fields that expressions read, with kinds and levels.</param>
/// <param name="Features">Features computed by expressions, in order; a feature that is not here is a field of its own name.</param>
/// <param name="Tables">Lookup tables that the expressions read.</param>
public sealed record FeatureMap(
    IReadOnlyList<Field> Fields,
    IReadOnlyList<DerivedFeature> Features,
    IReadOnlyList<LookupTable> Tables
);
