using System.Text.Json.Serialization.Metadata;
using Halley.Boosting;
using Halley.Glm;

namespace Halley.Models;

/// <summary>What the generated metadata does not say: which types stand for which, and which members are written and needed.</summary>
static class ModelJsonRules
{
    const string Discriminator = "kind";

    static readonly Dictionary<Type, JsonDerivedType[]> Kinds = new()
    {
        [typeof(LearnerSpec)] =
        [
            new(typeof(GlmLearner), "glm"),
            new(typeof(BoostingLearner), "boosting"),
            new(typeof(ImportedLearner), "imported"),
            new(typeof(RatingLearner), "rating"),
        ],
        [typeof(SplitSpec)] =
        [
            new(typeof(ColumnSplit), "column"),
            new(typeof(RandomSplit), "random"),
            new(typeof(TimeSplit), "time"),
        ],
        [typeof(Term)] =
        [
            new(typeof(FactorTerm), "factor"),
            new(typeof(BandedTerm), "banded"),
            new(typeof(NumericTerm), "numeric"),
            new(typeof(LogTerm), "log"),
            new(typeof(PolynomialTerm), "polynomial"),
            new(typeof(InteractionTerm), "interaction"),
            new(typeof(NaturalSplineTerm), "naturalSpline"),
            new(typeof(BSplineTerm), "bSpline"),
            new(typeof(SmoothTerm), "smooth"),
            new(typeof(CredibilityTerm), "credibility"),
            new(typeof(NeighbourTerm), "neighbours"),
        ],
    };

    /// <summary>Members that the spec itself states: not written, and after reading filled by <see cref="LearnerSpec.ToldBy"/>.</summary>
    static readonly Dictionary<Type, string[]> StatedElsewhere = new()
    {
        [typeof(BoostingOptions)] = ["objective", "tweediePower", "theta", "seed", "classes"],
        [typeof(GlmOptions)] = ["family", "link", "terms", "threads"],
    };

    public static void Apply(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        if (Kinds.TryGetValue(type.Type, out var kinds))
            type.PolymorphismOptions = PolymorphismOf(kinds);
        StatedElsewhere.TryGetValue(type.Type, out var left);
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            var isLeft = left?.Contains(property.Name) ?? false;
            if (property.Set is null)
                // What can't be set is computed from the rest.
                type.Properties.RemoveAt(i);
            else if (isLeft)
                property.ShouldSerialize = (_, _) => false;
            // Generated metadata does not run the initializers of init-only members: one left out would silently become 0 or null.
            property.IsRequired = !isLeft && !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null;
        }
    }

    static JsonPolymorphismOptions PolymorphismOf(JsonDerivedType[] kinds)
    {
        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Discriminator };
        foreach (var kind in kinds)
            options.DerivedTypes.Add(kind);
        return options;
    }
}
