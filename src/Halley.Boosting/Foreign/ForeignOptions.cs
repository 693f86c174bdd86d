using Halley.Data;

namespace Halley.Boosting;

/// <summary>What a file leaves open.</summary>
public sealed record ForeignOptions
{
    /// <summary>Rounds to use, from the first. Null: the best iteration where the file tells one, else all.</summary>
    public int? Iterations { get; init; }

    /// <summary>The output that is the score: class, target or quantile. Default 0.</summary>
    public int Output { get; init; }

    /// <summary>Levels of categories by feature, in the order of the library's codes; where the file holds levels, they win.</summary>
    public IReadOnlyDictionary<string, LevelList> Levels { get; init; } = new Dictionary<string, LevelList>();

    /// <summary>Whether an offset is added to the score in place of the model's own start, as XGBoost's <c>base_margin</c> is.</summary>
    public bool WithoutBase { get; init; }

    /// <summary>Null for the file's own.</summary>
    public ForeignLink? Link { get; init; }
}
