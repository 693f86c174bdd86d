using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>A derived feature, parsed, with its rule for missing results.</summary>
sealed record FeatureStep(string Name, Expression Expression, ValueRule WhenMissing);
