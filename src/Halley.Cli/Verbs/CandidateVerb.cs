using System.CommandLine;
using Halley.Data;
using Halley.Models;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>A ranked list of candidates, found by a boosted model and judged on held-out rows.</summary>
abstract class CandidateVerb(string name, string description) : Verb(name, description)
{
    readonly Argument<string> model = new("model") { Description = "A model file, or the name of a file in models/." };
    readonly Option<string[]> add = new("--add")
    {
        Description = "Columns to look at beside the model's own.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<double> share = new("--held-out")
    {
        Description = "Share of the learn rows that candidates are judged on. Default 0.3.",
        DefaultValueFactory = _ => 0.3,
    };

    protected override IEnumerable<Symbol> Symbols => [model, add, share];

    /// <summary>What the guide's share is called.</summary>
    protected abstract string Guide { get; }

    protected abstract CandidateOptions With(CommandContext context, CandidateOptions options);

    protected abstract IReadOnlyList<TermCandidate> Search(
        ModelSpec spec,
        Data.Table table,
        CandidateOptions options,
        IProgress<FitProgress> progress,
        CancellationToken cancellation
    );

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var file = project.ReadModelFile(context.Get(model));
        var options = With(context, new() { More = context.Get(add) ?? [], HeldOutShare = context.Get(share) });
        var found = context.WithProgress(
            $"search {file.Spec.Name}",
            progress =>
                Search(
                    file.Spec,
                    project.ReadTable(file.Data, context.Cancellation, progress.Part(0, 0.1)),
                    options,
                    progress.Part(0.1, 1)!,
                    context.Cancellation
                )
        );
        context.Output.Write(
            new
            {
                Model = file.Spec.Name,
                Candidates = found.Select(candidate => new
                {
                    Term = TermText.Of(candidate.Term),
                    candidate.Replaces,
                    candidate.Guide,
                    candidate.DevianceChange,
                    candidate.Degrees,
                    candidate.PValue,
                    candidate.AicChange,
                    candidate.HeldOutChange,
                    candidate.HeldOutError,
                }),
                Simulated = project.IsSimulated(file.Data),
            },
            console =>
            {
                console.Write(Draw(found));
                for (var i = 0; i < found.Count; i++)
                    console.WriteLine($"  {i + 1}  {TermText.Of(found[i].Term)}{InPlaceOf(found[i])}");
                console.WriteLine(
                    "Changes against the model as it is; held-out deviance is by unit of exposure, and below 0 is better."
                );
            }
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    static string InPlaceOf(TermCandidate candidate) =>
        candidate.Replaces.Count == 0 ? "" : $"  in place of {string.Join(", ", candidate.Replaces)}";

    Spectre.Console.Table Draw(IReadOnlyList<TermCandidate> found)
    {
        var table = Tables.New("rank", "term", "held-out", "error", "deviance", "degrees", "p", "AIC", Guide);
        for (var i = 0; i < found.Count; i++)
            table.AddPlainRow(
                Tables.Number(i + 1),
                found[i].Term.Name,
                SearchOptions.Change(found[i].HeldOutChange),
                Tables.Number(found[i].HeldOutError),
                SearchOptions.Change(found[i].DevianceChange),
                SearchOptions.Change(found[i].Degrees),
                Tables.Number(found[i].PValue),
                SearchOptions.Change(found[i].AicChange),
                Tables.Number(found[i].Guide)
            );
        return table;
    }
}
