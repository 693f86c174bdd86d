namespace Halley.Registry;

/// <summary>A total over a portfolio by two releases, with the interval of the difference.</summary>
/// <param name="Before">Null where the release before has no such figure, or there is none.</param>
/// <param name="Lower">Lower end of the 95 % interval of after − before, or of after where there is no before.</param>
public sealed record ImpactMeasure(string Name, double? Before, double After, double Lower, double Upper);
