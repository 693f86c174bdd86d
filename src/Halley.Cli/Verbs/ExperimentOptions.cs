using System.CommandLine;

namespace Halley.Cli;

/// <summary>The options by which an experiment is planned.</summary>
sealed class ExperimentOptions
{
    public Option<string> Environment { get; } =
        new("--in") { Description = "Environment. Default production.", DefaultValueFactory = _ => "production" };

    readonly Option<double?> share = new("--share")
    {
        Description = "Share of the units that meet the release, for example 0.2. Default: the one it has.",
    };
    readonly Option<double?> weeks = new("--weeks") { Description = "Length of the intake in weeks." };
    readonly Option<double?> effect = new("--effect") { Description = "Difference a unit, in money, that shall be found." };
    readonly Option<double> power = new("--power")
    {
        Description = "Chance of finding it. Default 0.8.",
        DefaultValueFactory = _ => 0.8,
    };
    readonly Option<double?> units = new("--units-per-week")
    {
        Description = "Units of the decision a week. Default: from the log.",
    };
    readonly Option<double?> spread = new("--spread")
    {
        Description = "Standard deviation of a unit's value. Default: from the log.",
    };

    public IEnumerable<Symbol> Symbols => [Environment, share, weeks, effect, power, units, spread];

    public double? Share(CommandContext context) => context.Get(share);

    public Experiments.Wish Wish(CommandContext context) => new(context.Get(weeks), context.Get(effect), context.Get(power));

    public Experiments.Given Given(CommandContext context) => new(context.Get(units), context.Get(spread));
}
