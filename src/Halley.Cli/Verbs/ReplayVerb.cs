using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley replay DECISION --through RELEASE</c></summary>
sealed class ReplayVerb()
    : Verb(
        "replay",
        "Decide logged decisions again: by their own releases as a proof, or by another release or draft, with the difference priced and explained."
    )
{
    readonly Argument<string> decision = new("decision") { Description = "Decision, for example motor-quote." };
    readonly Option<string?> through = new("--through")
    {
        Description =
            "Release (motor-quote@3) or decision file (motor-quote) that decides. Default: each decision's own release.",
    };
    readonly Option<string> environment = new("--in")
    {
        Description = "Environment. Default production.",
        DefaultValueFactory = _ => "production",
    };
    readonly Option<string?> from = new("--from") { Description = "Decisions from this time on, for example 2026-03-01." };
    readonly Option<string?> to = new("--to") { Description = "Decisions before this time." };
    readonly Option<int?> limit = new("--limit") { Description = "At most so many decisions, the oldest first." };

    protected override IEnumerable<Symbol> Symbols => [decision, through, environment, from, to, limit];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
        var query = new ReplayQuery
        {
            Environment = context.Get(environment)!,
            Decision = context.Get(decision),
            From = Time("--from", context.Get(from)),
            To = Time("--to", context.Get(to)),
            Limit = context.Get(limit),
        };
        var loader = new ReleaseLoader(store.Registry, store.Artefacts);
        var engines = new System.Collections.Concurrent.ConcurrentDictionary<VersionId, DecisionEngine>();
        async ValueTask<DecisionEngine> OwnAsync(VersionId release, CancellationToken cancellation) =>
            engines.TryGetValue(release, out var engine)
                ? engine
                : engines.GetOrAdd(release, new DecisionEngine((await loader.LoadAsync(release, cancellation)).Plan));
        var report = await context.WithProgressAsync(
            "replay",
            async progress =>
            {
                var name = context.Get(through);
                var plan = name is null ? null : await Plans.OfAsync(project, store, name, null, context.Cancellation);
                if (plan is not null && plan.Definition.Name != query.Decision)
                    throw OtherDecision(name!, plan.Definition.Name, query.Decision);
                return await new ReplayRunner(store.Log, OwnAsync).RunAsync(
                    query,
                    plan is null ? null : new(plan),
                    name ?? "its own release",
                    plan?.Definition.Outputs.FirstOrDefault(output => output.Kind == OutputKind.Money)?.Name,
                    progress,
                    context.Cancellation
                );
            }
        );
        context.Output.Write(report, console => Draw(console, report));
        // A decision that its own release decides otherwise is a broken promise; by another release it is the question.
        return context.Get(through) is null && report.Changed + report.SameOutputs + report.Refused > report.Fallbacks
            ? ExitStatus.CheckFailed
            : ExitStatus.Passed;
    }

    static void Draw(Spectre.Console.IAnsiConsole console, ReplayReport report)
    {
        console.WriteLine(
            Words(
                $"{report.Decisions:N0} decisions through {report.Through}: {report.Same:N0} the same to the bit, {report.SameOutputs:N0} the same by other steps, {report.Changed:N0} changed, {report.Refused:N0} refused."
            )
        );
        if (report.Fallbacks > 0)
            console.WriteLine(Words($"  {report.Fallbacks:N0} were answered by a fallback when they were logged."));
        if (report.Erased > 0)
            console.WriteLine(Words($"  {report.Erased:N0} can't be decided again: their inputs were erased."));
        foreach (var output in report.Outputs.Where(output => output.Change != 0))
            console.WriteLine(
                Words(
                    $"  {output.Name}: {output.Logged:N2} logged, {output.Now:N2} now ({output.Change:+#,0.00;-#,0.00}); higher in {output.Risen:N0}, lower in {output.Fallen:N0} of {output.Decisions:N0}."
                )
            );
        foreach (var action in report.Actions)
            console.WriteLine(Words($"  {action.Decisions:N0} go from {action.From} to {action.To}."));
        foreach (var cause in report.Causes)
            console.WriteLine(
                Words($"  first other value: {cause.Step} in {cause.Decisions:N0} ({cause.Change:+#,0.00;-#,0.00;0.00})")
            );
        foreach (var problem in report.Problems)
            console.WriteLine(Words($"  refused in {problem.Decisions:N0}: {problem.Example}"));
        foreach (var example in report.Largest)
            console.WriteLine(
                Words(
                    $"  {example.DecisionId}: {example.Output} {example.Logged:N2} to {example.Now:N2}, first by {example.Step}"
                )
            );
    }

    static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static DateTimeOffset? Time(string option, string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new HalleyException("HLY7090", $"{option} {text} is no time. Write 2026-03-01 or 2026-03-01T12:00:00Z.");

    static HalleyException OtherDecision(string name, string actual, string wanted) =>
        new(
            "HLY7091",
            $"{name} is a '{actual}', and the decisions to replay are '{wanted}'. Name a release or file of '{wanted}'."
        );
}
