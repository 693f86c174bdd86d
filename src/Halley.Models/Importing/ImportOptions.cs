using Halley.Statistics;

namespace Halley.Models;

/// <summary>What a model file of another library does not tell.</summary>
public sealed record ImportOptions
{
    /// <summary>Name of the model here: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What it predicts, for evaluation. Default <c>target</c>.</summary>
    public string Target { get; init; } = "target";

    /// <summary>Column of years at risk; null for none.</summary>
    public string? Exposure { get; init; }

    /// <summary>How the exposure came into training. Needed for Poisson, gamma and Tweedie.</summary>
    public ExposureRole? ExposureRole { get; init; }

    /// <summary>Needed where the file's objective is not known; else null for the objective's own.</summary>
    public Link? Link { get; init; }

    /// <summary>Rounds to use; null for the best iteration where the file tells it, else all.</summary>
    public int? Iterations { get; init; }

    /// <summary>Class, target or quantile to predict, from 0; needed where the model has several.</summary>
    public int? Output { get; init; }

    /// <summary>Levels of categories in the order of the library's codes, by feature.</summary>
    public IReadOnlyDictionary<string, LevelList> Levels { get; init; } = new Dictionary<string, LevelList>();

    /// <summary>Request fields and expressions for features that are not fields themselves; null where every feature is one.</summary>
    public FeatureMap? Features { get; init; }
}
