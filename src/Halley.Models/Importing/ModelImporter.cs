using Halley.Boosting;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>From another library's model file to a model that is used like any other.</summary>
public static class ModelImporter
{
    /// <summary>Makes the model. Same file and options give the same bytes.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="rows">Rows that become the model's check rows and the profile of its inputs; null to make rows up.</param>
    /// <exception cref="HalleyException">HLY222x: the file; HLY345x: what must be told besides.</exception>
    public static FittedModel Import(ReadOnlySpan<byte> file, ImportOptions options, Table? rows = null)
    {
        var foreign = ForeignModelFile.Read(file);
        return Make(foreign, ContentHash.Of(file), options, rows);
    }

    internal static FittedModel Make(ForeignModel foreign, ContentHash hash, ImportOptions options, Table? rows)
    {
        // 1. What must be told, is.
        var link = LinkOf(foreign, options);
        var role = RoleOf(foreign, options, link);
        CheckRest(foreign, options);
        // 2. The scorer.
        var scorer = foreign.ToEnsemble(
            new()
            {
                Iterations = options.Iterations,
                Output = options.Output ?? 0,
                Levels = options.Levels,
                // XGBoost's offset stands in the place of its base score.
                WithoutBase = role == ExposureRole.Offset && foreign.Library == "XGBoost",
                Link = link,
            }
        );
        // 3. What the model says of itself.
        var spec = SpecOf(foreign, hash, options, link, role);
        spec.EnsureValid();
        var inputs = ImportedInputs.Of(spec, scorer, options);
        var header = new ModelHeader
        {
            Spec = spec,
            Inputs = inputs,
            Link = link.Link,
            ScorerFormat = ScorerFormats.For(scorer).Name,
            Converged = true,
            TargetFactor = 1,
            Metrics = [],
            Lineage = new()
            {
                SpecHash = spec.Hash().Hex,
                DataFingerprint = hash.Hex,
                CodeVersion = CodeVersion.Current,
                Seed = spec.Seed,
            },
            Profiles =
            [
                .. inputs
                    .Fields.Where(field => field.Role != Role.Exposure)
                    .Select(field => ImportedInputs.ProfileOf(field, scorer, rows)),
            ],
            Relativities = [],
            Importance = [],
        };
        // 4. Rows by which every later load checks itself.
        var scored = new FittedModel(header, scorer, checkRows: null);
        return new(header, scorer, rows is null ? CheckRowMaker.Make(scored) : CheckRowMaker.Of(scored, rows));
    }

    static ForeignLink LinkOf(ForeignModel foreign, ImportOptions options)
    {
        if (options.Link is { } told)
            return (foreign.Link ?? new(null, told)) with { Link = told };
        return foreign.Link ?? throw ImportErrors.NoLink(foreign.Objective);
    }

    static ExposureRole? RoleOf(ForeignModel foreign, ImportOptions options, ForeignLink link)
    {
        if (options.ExposureRole is not { } role)
            return foreign.NeedsExposureRule || options.Exposure is not null ? throw ImportErrors.NoExposureRule(foreign) : null;
        if (role != ExposureRole.None && options.Exposure is null)
            throw ImportErrors.NoColumn(role);
        var isFeature = foreign.Features.Any(feature => feature.Name == options.Exposure);
        if (role == ExposureRole.Feature && !isFeature)
            throw ImportErrors.NotAFeature(options.Exposure!, foreign.Features.Select(feature => feature.Name));
        if (role is ExposureRole.Offset or ExposureRole.Weight && isFeature)
            throw ImportErrors.IsAFeature(options.Exposure!);
        if (role == ExposureRole.Offset && link.Link.Function != LinkFunction.Log)
            throw ImportErrors.LinkNotLog(link.Link);
        return role;
    }

    static void CheckRest(ForeignModel foreign, ImportOptions options)
    {
        var bare = foreign
            .Features.Where(feature => feature.IsCategory && feature.Levels is null && !options.Levels.ContainsKey(feature.Name))
            .Select(feature => feature.Name)
            .ToList();
        if (bare.Count > 0)
            throw ImportErrors.NoLevels(bare);
        if (foreign.OutputCount > 1 && options.Output is null && foreign.Link?.PredictsOneOfAll != true)
            throw ImportErrors.NoOutput(foreign.OutputCount);
    }

    static ModelSpec SpecOf(
        ForeignModel foreign,
        ContentHash hash,
        ImportOptions options,
        ForeignLink link,
        ExposureRole? role
    ) =>
        new()
        {
            Name = options.Name,
            Target = options.Target,
            Exposure = role is ExposureRole.Offset or ExposureRole.Weight ? options.Exposure : null,
            ExposureUse = role == ExposureRole.Weight ? ExposureUse.Rate : ExposureUse.Offset,
            // A logarithm without a family, as in ONNX, is that of counts or costs.
            Family = link.Family ?? (link.Link.Function == LinkFunction.Log ? Family.Poisson : Family.Gaussian),
            Link = link.Link,
            Derived = options.Features?.Features ?? [],
            Rules =
            [
                .. (options.Features?.Fields ?? [])
                    .Where(field => field.Kind == FieldKind.Category && field.WhenUnseen != ValueRule.Missing)
                    .Select(field => new FeatureRule(field.Name, WhenUnseen: field.WhenUnseen)),
            ],
            Tables = options.Features is { Tables.Count: > 0 } map ? map.Tables : null,
            Learner = new ImportedLearner
            {
                Features = [.. foreign.Features.Select(feature => feature.Name)],
                Library = foreign.Library,
                Version = foreign.Version,
                Objective = foreign.Objective,
                FileHash = hash.Hex,
                Iterations = options.Iterations ?? foreign.BestIterations ?? foreign.Iterations,
                FileIterations = foreign.Iterations,
                Exposure = role is { } known ? ImportErrors.Word(known) : null,
            },
        };
}
