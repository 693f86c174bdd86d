using System.Text.Json.Serialization;

namespace Halley.Bench;

/// <summary>One measured figure. An id always means the same data, size, settings and threads.</summary>
/// <param name="Value">Halley's own figure, in <paramref name="Unit"/>.</param>
/// <param name="Ratio">Rival's time / Halley's, or Halley's rate / rival's: larger is better; null without a rival.</param>
/// <param name="Settings">The rival's and Halley's settings, in words.</param>
sealed record Figure(
    string Id,
    double Value,
    string Unit,
    string? Rival = null,
    double? RivalValue = null,
    double? Ratio = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Settings = null
);
