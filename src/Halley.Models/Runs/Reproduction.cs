namespace Halley.Models;

/// <summary>What came of fitting a run again.</summary>
/// <param name="Run">The run of the ledger.</param>
/// <param name="Model">The model fitted now.</param>
/// <param name="ArtefactHash">Its identity.</param>
/// <param name="CodeVersion">The code that fitted it now; it stands beside the run's, but not in the bytes that are compared.</param>
public sealed record Reproduction(RunRecord Run, FittedModel Model, string ArtefactHash, string CodeVersion)
{
    /// <summary>Whether the artefact is the same, byte for byte.</summary>
    public bool IsSame => ArtefactHash == Run.ArtefactHash;

    /// <summary>Whether other code than the run's made it.</summary>
    public bool OtherCode => CodeVersion != Run.CodeVersion;

    /// <summary>Fits a run's spec again on the data that the caller has found for it.</summary>
    /// <param name="offsetModel">The model that the run's stood on; null where it stood alone.</param>
    /// <exception cref="HalleyException">HLY3205: an import has no spec; HLY3206: these are other data.</exception>
    public static Reproduction Of(
        RunRecord run,
        Table table,
        int threads = 0,
        IProgress<FitProgress>? progress = null,
        FittedModel? offsetModel = null,
        CancellationToken cancellation = default
    )
    {
        var spec = SpecOf(run);
        CheckData(run, ModelFitter.FingerprintOf(spec, table));
        var options = OptionsFor(run, threads, offsetModel);
        return Judge(run, ModelFitter.Fit(spec, table, run.Inputs, options, progress, cancellation));
    }

    /// <summary>The same with data that need not fit into memory.</summary>
    /// <param name="folder">Folder of temporary files; null for the system's.</param>
    /// <inheritdoc cref="Of"/>
    public static Reproduction OfStreamed(
        RunRecord run,
        ITableBatches source,
        int threads = 0,
        string? folder = null,
        IProgress<FitProgress>? progress = null,
        FittedModel? offsetModel = null,
        CancellationToken cancellation = default
    )
    {
        var spec = SpecOf(run);
        var options = OptionsFor(run, threads, offsetModel);
        var model = ModelFitter.FitStreamed(
            spec,
            source,
            run.Inputs,
            options,
            folder,
            progress,
            fingerprint => CheckData(run, fingerprint),
            cancellation
        );
        return Judge(run, model);
    }

    static Reproduction Judge(RunRecord run, FittedModel model) =>
        new(run, model, Artefact.HashOf(Artefact.ToBytes(model)).Hex, Models.CodeVersion.Current);

    static ModelSpec SpecOf(RunRecord run) =>
        run.Kind == RunKind.Refit
            ? throw new HalleyException(
                "HLY3205",
                $"run {run.Id} fitted the leaves of another model's trees to new rows; its spec alone gives another model. Refit that one again with 'halley refit'."
            )
            : run.Spec
                ?? throw new HalleyException(
                    "HLY3205",
                    $"run {run.Id} took in a model that another program fitted; there is nothing to fit again."
                );

    static void CheckData(RunRecord run, string fingerprint)
    {
        if (fingerprint != run.DataFingerprint)
            throw new HalleyException(
                "HLY3206",
                $"run {run.Id} was fitted on other data: fingerprint {run.DataFingerprint}, and these have {fingerprint}. "
                    + $"Give it the data of {run.Data ?? "that time"}.",
                FaultKind.CheckFailed
            );
    }

    /// <summary>The run's own code version goes into the lineage, so that the bytes differ only where the model does.</summary>
    static FitOptions OptionsFor(RunRecord run, int threads, FittedModel? offsetModel) =>
        new()
        {
            Threads = threads,
            CodeVersion = run.CodeVersion,
            OffsetModel = offsetModel,
        };
}
