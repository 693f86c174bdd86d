using System.Globalization;

namespace Halley.Data;

/// <summary>Years at risk: finite, at least 0, never missing. Neither a weight nor a feature.</summary>
/// <remarks>A kind of its own, so that it can't be handed to a learner as a feature by mistake.</remarks>
public sealed class ExposureColumn : Column
{
    readonly double[] years;

    /// <summary>Wraps (does not copy) <paramref name="years"/>, shape (n).</summary>
    /// <exception cref="HalleyException">HLY1101: a value is negative, missing or not finite; the first such row is named.</exception>
    public ExposureColumn(string name, double[] years)
        : base(name, missing: null)
    {
        for (var row = 0; row < years.Length; row++)
        {
            if (!(years[row] >= 0) || double.IsPositiveInfinity(years[row]))
                ThrowBadExposure(name, row, years[row]);
        }
        this.years = years;
    }

    ExposureColumn(string name, double[] years, bool _)
        : base(name, missing: null) => this.years = years;

    public override FieldKind Kind => FieldKind.Exposure;

    public override int RowCount => years.Length;

    /// <summary>Years at risk, shape (n).</summary>
    public ReadOnlySpan<double> Years => years;

    /// <summary>Years at risk, shape (n).</summary>
    public ReadOnlyMemory<double> Memory => years;

    public override Column Rename(string name) => new ExposureColumn(name, years, true);

    public override Column Take(ReadOnlySpan<int> rows) => new ExposureColumn(Name, Gather.At(years, rows), true);

    public override void CopySlots(int start, Span<double> destination) =>
        years.AsSpan(start, destination.Length).CopyTo(destination);

    public override string? TextAt(int row) => years[row].ToString("R", CultureInfo.InvariantCulture);

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    static void ThrowBadExposure(string name, int row, double value) =>
        throw new HalleyException(
            "HLY1101",
            string.Create(
                CultureInfo.InvariantCulture,
                $"exposure column '{name}', row {row + 1}: {(double.IsNaN(value) ? "the value is missing, and years at risk are numbers" : $"{value} is not a number of years")} ≥ 0. "
                    + $"Correct the row, or leave it out with the filter 'where: {name} > 0'."
            )
        );
}
