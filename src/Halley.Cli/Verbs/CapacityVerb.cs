using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Decisions;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley capacity DECISION --lane NAME --data FILE</c>: the threshold that a lane's staff can keep up with.</summary>
sealed class CapacityVerb()
    : Verb(
        "capacity",
        "Find the threshold of a triage lane from staff, hours and usual records; --write pins it for the next release."
    )
{
    readonly Argument<string> decision = new("decision") { Description = "A decision file or its name." };
    readonly Option<string> lane = new("--lane") { Description = "The triage lane.", Required = true };
    readonly Option<string> data = new("--data")
    {
        Description = "Usual records with the decision's inputs: a table of data.yaml, or a CSV or Parquet file.",
        Required = true,
    };
    readonly Option<double> perWeek = new("--per-week") { Description = "Records expected in a week.", Required = true };
    readonly Option<double?> deviation = new("--per-week-sd")
    {
        Description = "Standard deviation of the weekly number beyond chance, for example 15. Default 0: Poisson.",
    };
    readonly Option<double> staff = new("--staff") { Description = "People on the lane.", Required = true };
    readonly Option<double> hours = new("--hours")
    {
        Description = "Hours a week that a person has for it, absence taken off.",
        Required = true,
    };
    readonly Option<double> hoursPerRecord = new("--hours-per-record")
    {
        Description = "Hours that a record takes.",
        Required = true,
    };
    readonly Option<double> within = new("--within")
    {
        Description = "Share of weeks that are to stay within capacity. Default 0.95.",
        DefaultValueFactory = _ => 0.95,
    };
    readonly Option<bool> write = new("--write") { Description = "Write the threshold into the decision file." };

    protected override IEnumerable<Symbol> Symbols =>
        [decision, lane, data, perWeek, deviation, staff, hours, hoursPerRecord, within, write];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var path = project.SpecPath("decisions", context.Get(decision));
        var definition = SpecFiles.Decision.Read(path);
        var found = await context.WithProgressAsync(
            "capacity",
            async progress =>
            {
                var models = await Releasing.ModelsAsync(store, definition, progress.Part(0, 0.1), context.Cancellation);
                var read = project.ReadTable(context.Get(data)!, context.Cancellation, progress.Part(0.1, 0.2));
                return LanePlanner.Find(
                    definition,
                    models,
                    RowIds.AddTo(read, definition),
                    Question(context),
                    new() { Progress = progress.Part(0.2, 1) },
                    context.Cancellation
                );
            }
        );
        if (context.Get(write))
            await LaneText.WriteAsync(path, found.Lane, found.Threshold, context.Cancellation);
        context.Output.Write(
            new { Found = found, Written = context.Get(write) ? path : null },
            console => console.WriteLine(InWords(found, context.Get(write) ? path : null))
        );
        return ExitStatus.Passed;
    }

    StaffedLane Question(CommandContext context) =>
        new()
        {
            Lane = context.Get(lane)!,
            PerWeek = context.Get(perWeek),
            // Var = μ + sd² = μ + μ²/θ.
            Size = context.Get(deviation) is { } beyond and not 0
                ? context.Get(perWeek) * context.Get(perWeek) / (beyond * beyond)
                : double.PositiveInfinity,
            Staff = context.Get(staff),
            HoursPerWeek = context.Get(hours),
            HoursPerRecord = context.Get(hoursPerRecord),
            Within = context.Get(within),
        };

    static string InWords(LaneThreshold found, string? path)
    {
        var pin = path is null
            ? FormattableString.Invariant($"Pin it with --write, or by 'threshold: {found.Threshold:R}' in the lane.")
            : $"Written to {path}; it is live with the next release.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Lane {found.Lane} opens from a net saving of {found.Threshold:0.##}: {found.PerWeek:0.0} records a week are expected there, its people finish {found.Capacity}, and {found.Within:P1} of weeks stay within that.
            Of {found.Records:N0} usual records {found.Taken:N0} go that way, {found.Fixed:N0} of them by rules and random checks; {found.Worth:N0} would be worth it. One record more would save about {found.Threshold:0.##}.
            {pin}
            """
        );
    }
}
