using System.Text.Json.Serialization;
using Halley.Registry;

namespace Halley.Server;

/// <summary>A canary with what happened last.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Share">Share of the units in that step.</param>
sealed record CanaryView(
    string Id,
    string Release,
    string Against,
    [property: JsonConverter(typeof(JsonStringEnumConverter<CanaryStatus>))] CanaryStatus Status,
    int Step,
    int Steps,
    double Share,
    DateTimeOffset? Since,
    string Words
);
