namespace Halley.Sources.Generation;

/// <summary>A synthetic motor portfolio whose truth is known: see <see cref="PortfolioTruth"/>.</summary>
public sealed record Portfolio
{
    /// <summary>What it was generated from.</summary>
    public required PortfolioOptions Options { get; init; }

    /// <summary>A row for every policy year, or the part of it within the portfolio's time, by contract. See <see cref="MotorSchemas.Policies"/>.</summary>
    public required Table Policies { get; init; }

    /// <summary>A row for every claim that happened in that time, however late reported. See <see cref="MotorSchemas.Claims"/>.</summary>
    public required Table Claims { get; init; }

    /// <summary>A row for every quote asked for, by day. See <see cref="MotorSchemas.Quotes"/>.</summary>
    public required Table Quotes { get; init; }

    /// <summary>A row for every calendar month. See <see cref="MotorSchemas.Monthly"/>.</summary>
    public required Table Monthly { get; init; }

    /// <summary>Generates a portfolio; equal options give equal bytes on any number of threads.</summary>
    /// <exception cref="HalleyException">HLY1529: the options are out of range; all problems are named.</exception>
    public static Portfolio Generate(
        PortfolioOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        options.ThrowIfInvalid();
        return new PortfolioGenerator(options, progress, cancellation).Generate();
    }

    /// <summary>Writes <c>policies</c>, <c>claims</c>, <c>quotes</c> and <c>monthly</c> into a folder, which is made where it is missing.</summary>
    /// <param name="extension">Of the files: <c>.parquet</c>, <c>.csv</c> or <c>.csv.gz</c>.</param>
    /// <exception cref="HalleyException">HLY1502: unknown extension; HLY1513: a file can't be written.</exception>
    public void Write(
        string folder,
        string extension = ".parquet",
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        TableWriter.MakeFolder(folder);
        var (whole, written) = (Math.Max(1.0, Tables.Sum(one => (double)one.Table.RowCount)), 0.0);
        foreach (var (name, table) in Tables)
        {
            var part = progress.Part(written / whole, (written + table.RowCount) / whole);
            TableWriter.Write(table, Path.Combine(folder, name + extension), part, cancellation);
            written += table.RowCount;
        }
    }

    IEnumerable<(string Name, Table Table)> Tables =>
        [("policies", Policies), ("claims", Claims), ("quotes", Quotes), ("monthly", Monthly)];
}
