namespace Halley.Models;

/// <summary>One class of several on some rows.</summary>
/// <param name="Actual">Weight of its rows.</param>
/// <param name="Predicted">Its probabilities, weighted and added up.</param>
/// <param name="Auc">Of its probability, against all others; null where there is no row of it, or none of another.</param>
public sealed record ClassResult(string Name, double Actual, double Predicted, double? Auc);
