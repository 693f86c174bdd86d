namespace Halley.Glm;

/// <summary>An encoded term with its coefficients.</summary>
/// <param name="Coefficients">Shape (cells × width): 0 for base levels and aliased columns.</param>
sealed record ScorerTerm(EncodedTerm Encoded, double[] Coefficients)
{
    readonly double[] padded = [double.NaN, .. Coefficients];

    /// <summary>The coefficients after a NaN, so that cell −1, which stands for no level, is read like any other.</summary>
    internal ReadOnlySpan<double> Padded => padded;

    internal bool HasLevels { get; } = Encoded.Coders.Count > 0;

    internal bool HasNumbers { get; } = Encoded.Bases.Count > 0;
}
