namespace Halley.Models;

/// <content>Fits of data that need not fit into memory.</content>
public static partial class ModelFitter
{
    /// <summary>
    /// As <see cref="Fit"/>, of data that come in batches: they are read once, kept in temporary files of few bytes a row and column, and
    /// passed over from there. The artefact is the one that the same rows in a table give, byte for byte.
    /// </summary>
    /// <param name="folder">Folder of the temporary files, which are gone afterwards; null for the system's.</param>
    /// <exception cref="HalleyException">
    /// As <see cref="Fit"/>; HLY3480: the learner needs all rows at once; HLY2125: more coefficients or values than passes can hold; HLY2126: the disk.
    /// </exception>
    public static FittedModel FitStreamed(
        ModelSpec spec,
        ITableBatches source,
        Schema? declared = null,
        FitOptions? options = null,
        string? folder = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    ) => FitStreamed(spec, source, declared, options, folder, progress, check: null, cancellation);

    /// <param name="check">Told the data's fingerprint before the fit; throws where they are not the right ones. Null for no look.</param>
    /// <inheritdoc cref="FitStreamed(ModelSpec, ITableBatches, Schema?, FitOptions?, string?, IProgress{FitProgress}?, CancellationToken)"/>
    internal static FittedModel FitStreamed(
        ModelSpec spec,
        ITableBatches source,
        Schema? declared,
        FitOptions? options,
        string? folder,
        IProgress<FitProgress>? progress,
        Action<string>? check,
        CancellationToken cancellation
    )
    {
        options ??= new();
        // 1. The spec is checked before any work.
        spec.EnsureValid();
        var filled = OffsetModels.Filled(spec, options.OffsetModel);
        // 2. One reading of the source.
        using var rows = StreamedRowsOf(filled, source, folder, progress.Part(0, 0.3), cancellation);
        check?.Invoke(TableFingerprint.Of(rows, PreparedData.UsedColumns(spec, rows.Names), cancellation));
        return new StreamedFit(filled, rows, options, folder ?? Path.GetTempPath()).Fit(
            declared,
            progress.Part(0.3, 1),
            cancellation
        );
    }

    /// <summary>The columns that a fit of this spec reads, taken out of a source into temporary files.</summary>
    internal static TableSpool StreamedRowsOf(
        ModelSpec spec,
        ITableBatches source,
        string? folder,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        StreamedFit.RefuseLearner(spec);
        var columns = PreparedData.UsedColumns(spec, source.Names);
        return TableSpool.Of(source, columns, folder ?? Path.GetTempPath(), progress: progress, cancellation: cancellation)
            ?? throw PreparedData.NothingToLearn(spec, 0, 0);
    }
}
