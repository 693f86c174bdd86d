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

    /// <summary>
    /// Control variables: columns that the fit allows for and the score does not, with the value that stands for all rows when
    /// scoring, for example year 2024. The scorer does not read them. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Controls { get; init; } = new Dictionary<string, string>();

    /// <summary>Stop when a step moves every combination of coefficients by less than this part of its standard error. Range (0, 0.01]. Default 1e-10.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Steps at most. Range 1 to 10,000. Default 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Level of the intervals. Range (0, 1). Default 0.95.</summary>
    public double ConfidenceLevel { get; init; } = 0.95;

    /// <summary>What standard errors, Wald intervals and Wald tests rest on. Default: the model.</summary>
    public ErrorKind Errors { get; init; } = ErrorKind.Model;

    /// <summary>Column that names clusters of rows, for clustered errors; null for none.</summary>
    public string? Cluster { get; init; }

    /// <summary>Whether intervals come from the profile likelihood in place of estimate ± quantile × error: some fits for each coefficient. Default no.</summary>
    public bool ProfileIntervals { get; init; }

    /// <summary>Whether each term is tested by a fit without it (likelihood ratio), beside Wald's test. Default no.</summary>
    public bool LikelihoodRatioTests { get; init; }

    /// <summary>
    /// Whether the score is adjusted so that estimates lose their first-order bias (Firth's correction): finite also where data are
    /// separated or a level has no claims. For families of dispersion 1. Default no.
    /// </summary>
    public bool BiasReduction { get; init; }

    /// <summary>Penalty and constraints of the coefficients; null for maximum likelihood. Default null.</summary>
    public GlmPenalty? Penalty { get; init; }

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
        problems.AddRange(Penalty?.Problems() ?? []);
        foreach (var term in Terms.Where(term => Penalty is not null && term.IsPenalised))
            problems.Add($"term '{term.Name}' finds its own smoothing by REML; use a spline, bands or a factor beside a penalty");
        foreach (var term in Terms.OfType<LevelTerm>().Where(term => Penalty is not null && term.Fixed is not null))
            problems.Add(
                $"term '{term.Name}' has given relativities, which a penalised fit does not keep; leave out the penalty, or those"
            );
        if (Penalty is not null && Family.IsShapeEstimated)
            problems.Add(
                $"a penalised fit does not estimate the family's own parameter; fit without the penalty first, and give the family with what that found"
            );
        if (Penalty is not null && (Errors != ErrorKind.Model || ProfileIntervals || LikelihoodRatioTests || BiasReduction))
            problems.Add("a penalised fit has no errors, intervals, tests or bias reduction; leave out the penalty, or those");
        problems.AddRange(HeldTerms.Problems(this));
        if (!(Tolerance is > 0 and <= 0.01))
            problems.Add($"tolerance {InvariantText.Of(Tolerance)} is outside (0, 0.01]");
        if (MaxIterations is < 1 or > 10_000)
            problems.Add($"{MaxIterations} iterations are outside 1 to 10000");
        if (!(ConfidenceLevel is > 0 and < 1))
            problems.Add($"confidence level {InvariantText.Of(ConfidenceLevel)} is outside (0, 1)");
        var read = Terms.SelectMany(term => term.Parts).OfType<ColumnTerm>().Select(part => part.Column).ToHashSet();
        foreach (var column in Controls.Keys.Where(column => Terms.Count > 0 && !read.Contains(column)))
            problems.Add($"control '{column}' is in no term; add a term for it, or leave it out");
        if (Errors == ErrorKind.Clustered != Cluster is not null)
            problems.Add("clustered errors need a cluster column, and other errors none");
        if (BiasReduction && !Family.FixedDispersion)
            problems.Add($"bias reduction needs a family of dispersion 1 (poisson, negbinomial, binomial), not {Family.Name}");
        if (BiasReduction && (ProfileIntervals || LikelihoodRatioTests))
            problems.Add("bias reduction goes with Wald intervals and Wald tests: its estimates do not maximise the likelihood");
        if (Threads < 0)
            problems.Add($"{Threads} threads; use 0 for all processors, or a count");
        if (problems.Count > 0)
            GlmErrors.ThrowOptions(problems);
    }
}
