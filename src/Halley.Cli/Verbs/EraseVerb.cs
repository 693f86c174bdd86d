using System.CommandLine;
using Halley.Data;

namespace Halley.Cli;

/// <summary><c>halley erase UNIT</c>, <c>halley erase --in ENVIRONMENT --before DAY</c></summary>
sealed class EraseVerb()
    : Verb("erase", "Erase a person's data from the log, or what is older than a day; the chain stays whole and provable.")
{
    readonly Argument<string?> unit = new("unit")
    {
        Description = "The unit (policy, customer, claim) whose data are erased, in every environment.",
        DefaultValueFactory = _ => null,
    };
    readonly Option<string?> environment = new("--in") { Description = "Environment, for --before." };
    readonly Option<string?> before = new("--before")
    {
        Description = "Erase the personal part of every decision before this day, for example 2024-01-01.",
    };
    readonly Option<string> why = new("--why")
    {
        Description = "The request's number or the rule; it stays, so name no person.",
        Required = true,
    };
    readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

    protected override IEnumerable<Symbol> Symbols => [unit, environment, before, why, by];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var (person, day) = (context.Get(unit), context.Get(before));
        if ((person is null) == (day is null) || (day is null) != (context.Get(environment) is null))
            throw new HalleyException(
                "HLY7149",
                "say what is to be erased: one unit, or --in ENVIRONMENT with --before DAY, and not both."
            );
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        if (context.Get(environment) is { } place)
            await Places.CheckAsync(project, store, place, context.Cancellation);
        await using var log = store.OpenLog();
        var actor = CommandContext.ActorOf(context.Get(by));
        var number = await context.WithProgressAsync(
            "erase",
            _ =>
                person is not null
                    ? log.EraseUnitAsync(person, actor, context.Get(why)!, context.Cancellation)
                    : log.EraseBeforeAsync(
                        context.Get(environment)!,
                        new(Dates.Day("--before", day!).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                        actor,
                        context.Get(why)!,
                        context.Cancellation
                    )
        );
        context.Output.Write(
            new { Erased = number },
            console =>
                console.WriteLine($"erased the personal part of {number:N0} records; 'halley verify log' still proves them")
        );
        return ExitStatus.Passed;
    }
}
