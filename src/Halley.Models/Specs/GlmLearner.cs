using Halley.Glm;

namespace Halley.Models;

/// <summary>A generalised linear model with the given terms.</summary>
public sealed record GlmLearner : LearnerSpec
{
    public override string Name => "glm";

    /// <summary>Terms beside the constant.</summary>
    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>Family, link and terms are the spec's, and threads the fit's; what these options say of them is not used and not written.</summary>
    public GlmOptions Options { get; init; } = new();

    /// <inheritdoc/>
    /// <remarks>Control variables are not among them: only the fit reads those.</remarks>
    public override IReadOnlyList<string> FeatureNames =>
        [.. Terms.SelectMany(ColumnsOf).Where(column => !Options.Controls.ContainsKey(column)).Distinct(StringComparer.Ordinal)];

    internal override IEnumerable<string> NumberColumns => Terms.SelectMany(NumberColumnsOf).Distinct(StringComparer.Ordinal);

    internal override IReadOnlyList<string> FitColumns =>
        Options.Penalty is { Strength: null } penalty ? [.. penalty.Folds.Columns] : [];

    internal override ValueRule DefaultWhenUnseen => ValueRule.Reject;

    internal override LearnerSpec ToldBy(ModelSpec spec) => this with { Options = OptionsFor(spec) };

    internal override ITrainer CreateTrainer(ModelSpec spec, int threads) =>
        new GlmTrainer(OptionsFor(spec) with { Threads = threads });

    internal override IEnumerable<string> Problems(ModelSpec spec)
    {
        if (Terms.Count == 0)
            yield return "learner: there are no terms.";
        if (OptionProblem(OptionsFor(spec)) is { } problem)
            yield return $"learner: {problem}";
    }

    static string? OptionProblem(GlmOptions options)
    {
        try
        {
            options.Validate();
            return null;
        }
        catch (HalleyException problem)
        {
            return problem.Message;
        }
    }

    static IEnumerable<string> ColumnsOf(Term term) =>
        term switch
        {
            SmoothTerm { By: { } by } smooth => [smooth.Column, .. ColumnsOf(by)],
            ColumnTerm column => [column.Column],
            InteractionTerm interaction => interaction.Factors.SelectMany(ColumnsOf),
            _ => [],
        };

    static IEnumerable<string> NumberColumnsOf(Term term) =>
        term switch
        {
            NumberTerm number => [number.Column],
            BandedTerm bands => [bands.Column],
            InteractionTerm interaction => interaction.Factors.SelectMany(NumberColumnsOf),
            _ => [],
        };

    GlmOptions OptionsFor(ModelSpec spec) => Options with { Family = spec.Family, Link = spec.Link, Terms = Terms, Threads = 0 };
}
