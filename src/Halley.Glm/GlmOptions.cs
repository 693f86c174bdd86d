using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>What to fit, and how.</summary>
public sealed record GlmOptions
{
    /// <summary>Distribution of the target. Default Poisson.</summary>
    public Family Family { get; init; } = Family.Poisson;

    /// <summary>Link; null for the family's usual one (<see cref="Family.DefaultLink"/>).</summary>
    public Link? Link { get; init; }

    /// <summary>Terms beside the constant, which is always there. Empty: each feature once, numbers as they are and the rest as factors.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>Stop when a step moves every combination of coefficients by less than this part of its standard error. Range (0, 0.01]. Default 1e-10.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Steps at most. Range 1 to 10,000. Default 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Level of the intervals. Range (0, 1). Default 0.95.</summary>
    public double ConfidenceLevel { get; init; } = 0.95;

    /// <summary>Threads; 0 for all processors. Changes no bit of the result. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>The link that is used.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;

    /// <summary>Checks everything that can be checked without data.</summary>
    /// <exception cref="HalleyException">HLY2101: lists all problems.</exception>
    public void Validate()
    {
        var problems = Terms.SelectMany(term => term.Problems()).ToList();
        foreach (var group in Terms.GroupBy(term => term.Name).Where(group => group.Count() > 1))
            problems.Add($"{group.Count()} terms are named '{group.Key}'; drop one, or give it a label of its own");
        if (!(Tolerance is > 0 and <= 0.01))
            problems.Add($"tolerance {InvariantText.Of(Tolerance)} is outside (0, 0.01]");
        if (MaxIterations is < 1 or > 10_000)
            problems.Add($"{MaxIterations} iterations are outside 1 to 10000");
        if (!(ConfidenceLevel is > 0 and < 1))
            problems.Add($"confidence level {InvariantText.Of(ConfidenceLevel)} is outside (0, 1)");
        if (Threads < 0)
            problems.Add($"{Threads} threads; use 0 for all processors, or a count");
        if (problems.Count > 0)
            GlmErrors.ThrowOptions(problems);
    }
}
