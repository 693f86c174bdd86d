using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;
using Halley.Sources;

namespace Halley.Cli;

/// <summary><c>halley outcomes fraud DECISION</c>: what checks found, by release and reason, and rows for a refit.</summary>
sealed class OutcomesFraudVerb()
    : Verb("fraud", "What became of claims that were sent to be looked into, and what that says about all claims.")
{
    readonly Argument<string> decision = new("decision") { Description = "For example claim-triage." };
    readonly Option<string> environment = new("--in")
    {
        Description = "Environment. Default production.",
        DefaultValueFactory = _ => "production",
    };
    readonly Option<string?> score = new("--score")
    {
        Description = "Output by which claims are ranked, for precision at capacity.",
    };
    readonly Option<int?> capacity = new("--capacity")
    {
        Description = "Claims that investigators take in a day, for precision at capacity.",
    };
    readonly Option<string?> rows = new("--rows")
    {
        Description = "Write the claims with a result for a refit: inputs, 'fraud' (1 or 0) and 'weight' (CSV or Parquet).",
    };

    protected override IEnumerable<Symbol> Symbols => [decision, environment, score, capacity, rows];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var place = context.Get(environment)!;
        await Places.CheckAsync(project, store, place, context.Cancellation);
        var definition = await DefinitionAsync(store, context.Get(decision), context.Cancellation);
        CheckRanking(context, definition);
        var window = new LogQuery { Environment = place, Decision = definition.Name };
        var (decisions, outcomes) = await context.WithProgressAsync(
            "fraud",
            _ => ReadAsync(store.LogReader, window, context.Cancellation)
        );
        var query = new FraudQuery
        {
            Environment = place,
            AsOf = DateOnly.FromDateTime(project.Clock.GetUtcNow().UtcDateTime),
            Score = context.Get(score),
            CapacityPerDay = context.Get(capacity),
        };
        var report = FraudReporter.Of(decisions, outcomes, definition, query);
        if (context.Get(rows) is { } path)
            TableWriter.Write(Rows(CheckedSample.OfVerdicts(decisions, outcomes, query.AsOf), definition), path);
        context.Output.Write(report, console => Draw(console, report));
        return ExitStatus.Passed;
    }

    void CheckRanking(CommandContext context, DecisionDefinition definition)
    {
        var names = definition.Outputs.Select(output => output.Name).ToList();
        if (context.Get(score) is { } output && !names.Contains(output))
            throw new HalleyException(
                "HLY7146",
                $"--score {output} is no output of '{definition.Name}'.{NearestText.Hint(output, names)} There are {string.Join(", ", names)}."
            );
        if (context.Get(capacity) is < 1)
            throw new HalleyException("HLY7147", $"--capacity {context.Get(capacity)}: give the claims of a day, 1 or more.");
    }

    /// <summary>The newest release's definition.</summary>
    static async Task<DecisionDefinition> DefinitionAsync(LocalStore store, string name, CancellationToken cancellation)
    {
        var releases = await store.Registry.ReleasesAsync(cancellation: cancellation);
        var release =
            releases.LastOrDefault(one => one.Decision == name)
            ?? throw new HalleyException(
                "HLY7148",
                $"there is no release of '{name}'.{NearestText.Hint(name, releases.Select(one => one.Decision).Distinct())}"
            );
        return DecisionJson.Read(await store.Artefacts.GetAsync(release.Definition, cancellation), $"release '{release.Id}'");
    }

    static async Task<(List<DecisionRecord>, List<OutcomeRecord>)> ReadAsync(
        DecisionLogReader log,
        LogQuery window,
        CancellationToken cancellation
    )
    {
        var (decisions, outcomes) = (new List<DecisionRecord>(), new List<OutcomeRecord>());
        await foreach (var record in log.DecisionsAsync(window, cancellation))
            decisions.Add(record);
        await foreach (var record in log.OutcomesAsync(window, cancellation))
            outcomes.Add(record);
        return (decisions, outcomes);
    }

    /// <summary>The rows of a refit: what the checked claims were like, what was found, and how many claims each stands for.</summary>
    static Table Rows(CheckedSample sample, DecisionDefinition definition)
    {
        // An erased claim has a result and no inputs: nothing can be learned from it.
        var kept = sample.Rows.Where(row => !row.Decision.Inputs.IsEmpty).ToList();
        var documents = kept.ConvertAll(row => JsonDocument.Parse(row.Decision.Inputs));
        var columns = definition
            .Inputs.Fields.Select(field =>
                field.Kind == FieldKind.Number
                    ? (Column)new NumericColumn(field.Name, [.. documents.Select(one => Number(one.RootElement, field.Name))])
                    : new TextColumn(field.Name, [.. documents.Select(one => Text(one.RootElement, field.Name))])
            )
            .ToList();
        foreach (var document in documents)
            document.Dispose();
        return new([
            .. columns,
            new NumericColumn("fraud", [.. kept.Select(row => row.Outcome)]),
            new NumericColumn("weight", [.. kept.Select(row => row.Weight)]),
        ]);
    }

    static double Number(JsonElement inputs, string name) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    static string? Text(JsonElement inputs, string name) =>
        !inputs.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.GetRawText();

    static void Draw(Spectre.Console.IAnsiConsole console, FraudReport report)
    {
        var simulated = report.Simulated ? " (simulated)" : "";
        console.WriteLine(
            Invariant(
                $"{report.Decision} in {report.Environment}{simulated}: {report.Claims:N0} claims, {report.All.Referred:N0} sent to be looked into"
            )
        );
        var table = Tables.New(
            "of",
            "sent",
            "waiting",
            "taken up",
            "substantiated",
            "not",
            "inconclusive",
            "recovered",
            "an hour"
        );
        foreach (var line in report.ByRelease.Concat(report.ByReason).Prepend(report.All))
            table.AddPlainRow(
                line.Name,
                Invariant($"{line.Referred:N0}"),
                Invariant($"{line.Pending:N0}"),
                Share(line.Acceptance),
                Share(line.SubstantiatedRate),
                Invariant($"{line.Unsubstantiated:N0}"),
                Invariant($"{line.Inconclusive:N0}"),
                Tables.Number(line.Recovered),
                Tables.Number(line.PerHour)
            );
        console.Write(table);
        if (report.Precision is { } precision)
            console.WriteLine(
                $"within capacity {Share(precision)} are fraud; {report.PrecisionUnknown} have no result and are in no share"
            );
        console.WriteLine(
            report.FraudRate is { } rate
                ? $"of all claims {Share(rate)} are fraud, the checked weighted by their logged chance"
                : "too few results to tell how many of all claims are fraud"
        );
    }

    static string Share(FraudShare? share) =>
        share is null ? "–" : Invariant($"{100 * share.Value:0.#} % ({100 * share.Lower:0.#} to {100 * share.Upper:0.#})");

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
