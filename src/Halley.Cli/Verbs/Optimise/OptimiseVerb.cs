namespace Halley.Cli;

/// <summary><c>halley optimise …</c>: prices and plans, each with a proven bound.</summary>
sealed class OptimiseVerb() : Verb("optimise", "Find the best prices or plan within limits, and prove how good it is.")
{
    protected override IEnumerable<Verb> Children =>
        [
            new OptimisePricesVerb(),
            new OptimiseRateBookVerb(),
            new OptimiseAssignVerb(),
            new OptimiseRosterVerb(),
            new OptimiseKnapsackVerb(),
        ];
}
