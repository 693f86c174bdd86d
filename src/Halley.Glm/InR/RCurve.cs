namespace Halley.Glm;

/// <summary>A curve, surface, map or list of levels as R's <c>predict(type = "terms")</c> knows it, and where it is compared.</summary>
/// <param name="Label">R's own label, for example <c>te(age,value):fuel_byDiesel</c>.</param>
/// <param name="Numbers">Variables that are numbers; those that it multiplies are 1.</param>
/// <param name="Factors">Variables that are factors.</param>
sealed record RCurve(string Label, IReadOnlyList<string> Numbers, IReadOnlyList<string> Factors)
{
    internal List<RCurvePoint> Points { get; } = [];
}
