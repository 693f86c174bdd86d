using System.Text.Json.Serialization;
using Halley.Glm;

namespace Halley.Models;

/// <summary>Generated JSON metadata; use it through <see cref="ModelJson"/>, which adds the rules.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(FamilyConverter), typeof(LinkConverter)]
)]
[JsonSerializable(typeof(ModelSpec))]
[JsonSerializable(typeof(GlmLearner))]
[JsonSerializable(typeof(BoostingLearner))]
[JsonSerializable(typeof(ImportedLearner))]
[JsonSerializable(typeof(RatingLearner))]
[JsonSerializable(typeof(ColumnSplit))]
[JsonSerializable(typeof(RandomSplit))]
[JsonSerializable(typeof(TimeSplit))]
[JsonSerializable(typeof(FactorTerm))]
[JsonSerializable(typeof(BandedTerm))]
[JsonSerializable(typeof(NumericTerm))]
[JsonSerializable(typeof(LogTerm))]
[JsonSerializable(typeof(PolynomialTerm))]
[JsonSerializable(typeof(InteractionTerm))]
[JsonSerializable(typeof(NaturalSplineTerm))]
[JsonSerializable(typeof(BSplineTerm))]
[JsonSerializable(typeof(SmoothTerm))]
[JsonSerializable(typeof(CredibilityTerm))]
[JsonSerializable(typeof(NeighbourTerm))]
[JsonSerializable(typeof(ModelHeader))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(ModelComparison))]
sealed partial class ModelJsonContext : JsonSerializerContext;
