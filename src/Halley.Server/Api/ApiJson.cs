using System.Text.Json.Serialization;

namespace Halley.Server;

/// <summary>How the API writes JSON: snake_case, numbers as numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(IReadOnlyList<ExperimentView>))]
[JsonSerializable(typeof(IReadOnlyList<CanaryView>))]
[JsonSerializable(typeof(IReadOnlyList<CatalogEntry>))]
[JsonSerializable(typeof(OutcomesAnswer))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(InferenceFault))]
sealed partial class ApiJson : JsonSerializerContext;
