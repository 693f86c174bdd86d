using Halley.Data;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>What the verbs of experiments share: the value of a decision, and a plan from the log or from given figures.</summary>
static class Experiments
{
    /// <summary>How long an experiment shall be, or what it shall find; exactly one of them, or none for a table of lengths.</summary>
    public sealed record Wish(double? Weeks, double? Effect, double Power);

    /// <summary>Figures in place of the log's own; null for these.</summary>
    public sealed record Given(double? UnitsPerWeek, double? Spread);

    /// <exception cref="HalleyException">HLY7140: value.yaml does not say what the decision is worth.</exception>
    public static ValueDefinition Value(Project project, string decision)
    {
        var path = Path.Combine(project.Folder, "value.yaml");
        var definition = File.Exists(path) ? SpecFiles.Value.Read(path).FirstOrDefault(one => one.Decision == decision) : null;
        return definition
            ?? throw new HalleyException(
                "HLY7140",
                $"value.yaml does not say what '{decision}' is worth, so that releases of it can't be compared in money. Give it terms there."
            );
    }

    /// <summary>Shares of a release and of the champion: as they stand, or as they would with a share given; both 1 for a shadow.</summary>
    /// <exception cref="HalleyException">HLY7141: the release has no place and no share was given.</exception>
    public static (double Share, double Against) Shares(LiveArms? arms, VersionId? release, double? wanted)
    {
        if (release is { } one && wanted is null && arms is not null)
        {
            if (arms.Challengers.FirstOrDefault(arm => arm.Release == one) is { } challenger)
                return (challenger.Share, arms.ChampionShare);
            if (arms.Shadows.Contains(one))
                return (1, 1);
        }
        if (wanted is not { } share)
            throw new HalleyException("HLY7141", "say which share of the units shall meet the release, for example --share 0.2.");
        var others = arms?.Challengers.Where(arm => arm.Release != release).Sum(arm => arm.Share) ?? 0;
        return (share, 1 - others - share);
    }

    public static async Task<ExperimentTraffic> TrafficAsync(
        LocalStore store,
        ValueDefinition value,
        string environment,
        VersionId? shadow,
        Given given,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        if (given is { UnitsPerWeek: { } units, Spread: { } spread })
            return new(units, 1, spread, "given");
        var query = new ValueQuery { Environment = environment, AsOf = clock.GetUtcNow() };
        var measured = await ExperimentPlanner.FromLogAsync(store.LogReader, value, query, shadow, cancellation);
        return measured with
        {
            UnitsPerWeek = given.UnitsPerWeek ?? measured.UnitsPerWeek,
            Spread = given.Spread ?? measured.Spread,
        };
    }

    /// <exception cref="HalleyException">HLY7142: both a length and a difference.</exception>
    public static ExperimentPlan Plan(ExperimentTraffic traffic, (double, double) shares, ValueDefinition value, Wish wish)
    {
        var maturity = shares is (1, 1) ? TimeSpan.Zero : value.Maturity;
        return wish switch
        {
            { Weeks: { } weeks, Effect: null } => ExperimentPlanner.ForWeeks(traffic, shares, weeks, maturity, wish.Power),
            { Weeks: null, Effect: { } effect } => ExperimentPlanner.ForEffect(traffic, shares, effect, maturity, wish.Power),
            _ => throw new HalleyException(
                "HLY7142",
                "say either how long it shall run (--weeks 8) or which difference a unit it shall find (--effect 5)."
            ),
        };
    }
}
