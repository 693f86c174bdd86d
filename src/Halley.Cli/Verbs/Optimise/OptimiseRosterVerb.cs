using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Optimization;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley optimise roster SPEC --book FILE</c>: who works which shift; also checks a plan and plans again.</summary>
sealed class OptimiseRosterVerb()
    : Verb("roster", "Who works which shift on which day: contracts kept, wishes and cover at the least cost.")
{
    readonly Argument<string> spec = new("spec") { Description = "YAML file with horizon, shifts and contracts." };
    readonly Option<string> book = new("--book")
    {
        Description = "XLSX file, or folder of CSV files, with people, leave, wishes, cover and pins.",
        Required = true,
    };
    readonly Option<string?> result = new("--out")
    {
        Description = "XLSX file, or folder, for the plan: a sheet a week, a row a person.",
    };
    readonly Option<string?> check = new("--check")
    {
        Description = "Check this plan instead: every broken rule, by person and day.",
    };
    readonly Option<string?> current = new("--current") { Description = "Plan again from this one, with few changes." };
    readonly Option<string[]> outOf = new("--out-of")
    {
        Description = "People who can't work, with --current.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string?> from = new("--from")
    {
        Description = "First date that may change, with --current. Default the first day.",
    };
    readonly Option<double> changeCost = new("--change-cost")
    {
        Description = "Price of each changed day, with --current. Default 5.",
        DefaultValueFactory = _ => 5,
    };
    readonly Option<double> seconds = new("--seconds")
    {
        Description = "Time after which the best so far is the answer. Default 60.",
        DefaultValueFactory = _ => 60,
    };

    protected override IEnumerable<Symbol> Symbols => [spec, book, result, check, current, outOf, from, changeCost, seconds];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var given = SpecFiles.Roster.Read(context.Get(spec));
        var problem = RosterBook.Read(given, Sheets(context, context.Get(book)!));
        if (context.Get(check) is { } plan)
            return Task.FromResult(
                Check(context, given, problem, RosterSheets.Read(problem, given.FirstDay, Sheets(context, plan)))
            );
        var before = context.Get(current) is { } path ? RosterSheets.Read(problem, given.FirstDay, Sheets(context, path)) : null;
        if (before is not null)
            problem = Around(context, given, problem, before);
        var options = new RosterOptions
        {
            TimeLimit = context.Get(seconds) is > 0 and < 1e6 and var limit ? TimeSpan.FromSeconds(limit) : TimeSpan.Zero,
        };
        var found = context.WithProgress(
            "roster",
            progress => RosterOptimizer.Solve(problem, options, progress, context.Cancellation)
        );
        if (found.Shifts is { } shifts && context.Get(result) is { } file)
            SheetFile.Write(RosterSheets.Of(problem, given.FirstDay, shifts), file, new(), context.Cancellation);
        Report(context, given, problem, before, found);
        return Task.FromResult(found.Shifts is null ? ExitStatus.CheckFailed : ExitStatus.Passed);
    }

    RosterProblem Around(CommandContext context, RosterSpec given, RosterProblem problem, int[,] before)
    {
        var missing = context.Get(outOf) ?? [];
        if (missing.Except(problem.People.Select(one => one.Name)).FirstOrDefault() is { } unknown)
            throw new HalleyException("HLY7081", $"there is no person '{unknown}'. The people's sheet has the names.");
        var first = 0;
        if (context.Get(from) is { } text)
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                throw new HalleyException("HLY7082", $"--from {text} is not a date such as {given.FirstDay:yyyy-MM-dd}.");
            first = Math.Clamp(date.DayNumber - given.FirstDay.DayNumber, 0, problem.Days);
        }
        return RosterReplan.Around(problem, before, (person, _) => missing.Contains(person), first, context.Get(changeCost));
    }

    static IReadOnlyList<Sheet> Sheets(CommandContext context, string path) => SheetFile.Read(path, new(), context.Cancellation);

    static int Check(CommandContext context, RosterSpec given, RosterProblem problem, int[,] roster)
    {
        var broken = RosterCheck.Broken(problem, roster);
        var rows = broken
            .Select(rule => new
            {
                rule.Person,
                Date = rule.Day < 0 ? null : Date(given, rule.Day),
                rule.Rule,
            })
            .ToArray();
        context.Output.Write(
            new { Broken = rows, Cost = RosterCheck.Cost(problem, roster) },
            console =>
            {
                if (rows.Length == 0)
                    console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"every rule is kept; cost {RosterCheck.Cost(problem, roster):G6}"
                        )
                    );
                var drawn = Tables.WithText("person", "date", "rule");
                foreach (var row in rows)
                    drawn.AddPlainRow(row.Person, row.Date ?? "whole plan", row.Rule);
                if (rows.Length > 0)
                    console.Write(drawn);
            }
        );
        return rows.Length == 0 ? ExitStatus.Passed : ExitStatus.CheckFailed;
    }

    static void Report(CommandContext context, RosterSpec given, RosterProblem problem, int[,]? before, RosterPlan found)
    {
        var changes = before is null || found.Shifts is null ? [] : RosterReplan.Changes(problem, before, found.Shifts);
        var shifts = found.Shifts is null ? null : Names(given, problem, found.Shifts);
        context.Output.Write(
            new
            {
                Cost = found.Shifts is null ? (double?)null : found.Cost,
                Bound = found.Shifts is null ? (double?)null : found.Bound,
                Gap = found.Shifts is null ? (double?)null : found.Gap,
                Proven = found.IsProven,
                found.Clashes,
                Changes = changes.Select(one => new
                {
                    one.Person,
                    Date = Date(given, one.Day),
                    one.From,
                    one.To,
                }),
                Plan = shifts,
                Seconds = found.Elapsed.TotalSeconds,
            },
            console =>
            {
                if (found.Shifts is null)
                {
                    console.WriteLine(
                        found.Clashes.Count == 0
                            ? "no plan was found in the time"
                            : "these people have no roster that keeps their rules:"
                    );
                    foreach (var clash in found.Clashes)
                        console.WriteLine(
                            $"  {clash.Person}: {(clash.Rules.Count == 0 ? "no single rule cures it" : string.Join("; ", clash.Rules))}"
                        );
                    return;
                }
                console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"cost {found.Cost:G6}, no plan costs less than {found.Bound:G6}: gap {found.Gap:P1}{(found.IsProven ? ", proven the best" : "")}"
                    )
                );
                var drawn = Tables.WithText("person", "date", "from", "to");
                foreach (var one in changes)
                    drawn.AddPlainRow(one.Person, Date(given, one.Day), one.From, one.To);
                if (changes.Count > 0)
                    console.Write(drawn);
            }
        );
    }

    static IEnumerable<object> Names(RosterSpec given, RosterProblem problem, int[,] shifts) =>
        problem.People.Select(
            (person, p) =>
                (object)
                    new
                    {
                        Person = person.Name,
                        Shifts = Enumerable
                            .Range(0, problem.Days)
                            .Where(day => shifts[p, day] >= 0)
                            .ToDictionary(day => Date(given, day), day => problem.Shifts[shifts[p, day]].Name),
                    }
        );

    static string Date(RosterSpec given, int day) =>
        given.FirstDay.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
