namespace Halley.Models;

/// <summary>A named figure of a model's quality.</summary>
/// <param name="Name">Stable name, for example <c>deviance</c>, <c>gini</c>, <c>auc</c>.</param>
/// <param name="Value">Finite: a figure that the data can't give is left out.</param>
public sealed record Metric(string Name, double Value);
