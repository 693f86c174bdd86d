using System.CommandLine;
using Halley.Optimization;

namespace Halley.Cli;

/// <summary>Options that every verb of <c>halley optimise</c> has.</summary>
sealed class SolveOptions
{
    readonly Option<double> seconds = new("--seconds")
    {
        Description = "Time after which the best so far is the answer. Default 60.",
        DefaultValueFactory = _ => 60,
    };
    readonly Option<double> gap = new("--gap")
    {
        Description = "Stop at this (bound - value) / bound. Default 1e-7.",
        DefaultValueFactory = _ => new PriceOptions().TargetGap,
    };

    public IEnumerable<Symbol> Symbols => [seconds, gap];

    public PriceOptions Read(CommandContext context) =>
        new()
        {
            // What is not a time becomes zero, which the solver refuses with its remedy.
            TimeLimit = context.Get(seconds) is > 0 and < 1e6 and var given ? TimeSpan.FromSeconds(given) : TimeSpan.Zero,
            TargetGap = context.Get(gap),
        };
}
