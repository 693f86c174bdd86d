using System.Text.Json;
using Halley.Data.Expressions;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>What to fit: everything but the data that decides a model's bytes.</summary>
public sealed record ModelSpec
{
    /// <summary>Lower-case letters, digits and hyphens, at most 64, starting with a letter.</summary>
    public required string Name { get; init; }

    /// <summary>Column or derived feature to predict: a number, or a boolean (true is 1).</summary>
    public required string Target { get; init; }

    /// <summary>Cuts off large targets; null to take them as they are.</summary>
    public TargetCap? Cap { get; init; }

    /// <summary>Column of years at risk; null for none.</summary>
    public string? Exposure { get; init; }

    /// <summary>Whether the target is a total over the years at risk (log exposure as offset) or is made a rate. Default: offset.</summary>
    public ExposureUse ExposureUse { get; init; } = ExposureUse.Offset;

    /// <summary>Column or derived feature of case weights; null for 1.</summary>
    public string? Weight { get; init; }

    /// <summary>Column or derived feature added to the score, on the link scale, when fitting and when predicting; null for none.</summary>
    public string? Offset { get; init; }

    /// <summary>Model whose score is added when fitting and when predicting, for example the tariff in force; null for none.</summary>
    public ModelOffset? OffsetModel { get; init; }

    public required Family Family { get; init; }

    /// <summary>Null for the family's default link.</summary>
    public Link? Link { get; init; }

    /// <summary>Rows that take part in fit and evaluation: an expression that is true for them. Null for all.</summary>
    public string? Where { get; init; }

    /// <summary>Features computed from columns, in order; each may use those before it.</summary>
    public IReadOnlyList<DerivedFeature> Derived { get; init; } = [];

    /// <summary>Lookup tables that derived features read; null for none. Their cells are never missing.</summary>
    public IReadOnlyList<LookupTable>? Tables { get; init; }

    /// <summary>Rules for missing values and unseen levels, by input or derived feature.</summary>
    public IReadOnlyList<FeatureRule> Rules { get; init; } = [];

    public required LearnerSpec Learner { get; init; }

    /// <summary>Null to learn on every row.</summary>
    public SplitSpec? Split { get; init; }

    /// <summary>Decides every random draw. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What a reader should know.</summary>
    public string? Notes { get; init; }

    /// <summary>The link in use.</summary>
    internal Link LinkInUse => Link ?? Family.DefaultLink;

    /// <summary>Every problem at once, each a sentence; empty where there is none.</summary>
    public IReadOnlyList<string> Validate() => ModelSpecChecks.ProblemsOf(this);

    /// <summary>Refuses a spec that has problems.</summary>
    /// <exception cref="HalleyException">HLY3001: the message lists all of them.</exception>
    public void EnsureValid()
    {
        var problems = Validate();
        if (problems.Count > 0)
            throw new HalleyException("HLY3001", $"the spec of model '{Name}' can't be used: {string.Join(" ", problems)}");
    }

    /// <summary>Canonical JSON: equal specs give equal text.</summary>
    public string ToJson() => ModelJson.Write(this);

    /// <summary>Reads <see cref="ToJson"/>. Members that an older version did not write get their defaults.</summary>
    /// <exception cref="HalleyException">HLY3002: the text is not a spec; the message names the place.</exception>
    public static ModelSpec FromJson(string json)
    {
        try
        {
            return ModelJson.Read<ModelSpec>(json);
        }
        catch (JsonException problem)
        {
            throw new HalleyException("HLY3002", $"the text is not a model spec: {problem.Message}", inner: problem);
        }
    }

    /// <summary>SHA-256 of the canonical JSON.</summary>
    public ContentHash Hash() => ContentHash.Of(ModelJson.WriteUtf8(this));
}
