using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley runs</c>, <c>halley runs compare A B</c>, <c>halley runs reproduce ID</c></summary>
sealed class RunsVerb() : Verb("runs", "List the project's runs; compare two; refit one and prove the same bytes.")
{
    protected override IEnumerable<Verb> Children => [new List(), new Compare(), new Reproduce()];

    protected override Verb? Alone => new List();

    sealed class List() : Verb("list", "List runs, newest last.")
    {
        readonly Option<string?> model = new("--model") { Description = "Only runs of this model." };
        readonly Option<string?> note = new("--note") { Description = "Only runs whose note contains this." };
        readonly Option<string?> hash = new("--hash") { Description = "Only runs whose artefact hash starts with this." };

        protected override IEnumerable<Symbol> Symbols => [model, note, hash];

        protected override Task<int> RunAsync(CommandContext context)
        {
            var filter = new RunFilter
            {
                Model = context.Get(model),
                NoteContains = context.Get(note),
                Hash = context.Get(hash),
            };
            var runs = context.OpenProject().Ledger.List(filter);
            context.Output.Write(
                runs,
                console =>
                {
                    var table = Tables.WithText(
                        "run",
                        "time",
                        "model",
                        "test deviance",
                        "seconds",
                        "artefact",
                        "changes",
                        "note"
                    );
                    foreach (var run in runs)
                    {
                        table.AddPlainRow(
                            run.Id,
                            run.Time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                            run.Model,
                            Tables.Number(run.Metrics.FirstOrDefault(part => part.Part == DataPart.Test)?["deviance"]),
                            Tables.Number(run.Seconds),
                            run.ArtefactHash[..12],
                            $"{run.Changes.Count}",
                            run.Note ?? ""
                        );
                    }
                    console.Write(table);
                }
            );
            return Task.FromResult(ExitStatus.Passed);
        }
    }

    sealed class Compare() : Verb("compare", "Two runs side by side: what changed in the spec, and in the figures.")
    {
        readonly Argument<string> first = new("first") { Description = "Id of a run, or the start of its artefact hash." };
        readonly Argument<string> second = new("second") { Description = "Id of a run, or the start of its artefact hash." };

        protected override IEnumerable<Symbol> Symbols => [first, second];

        protected override Task<int> RunAsync(CommandContext context)
        {
            var comparison = context.OpenProject().Ledger.Compare(context.Get(first), context.Get(second));
            context.Output.Write(
                comparison,
                console =>
                {
                    var changes = Tables.New("spec", comparison.First.Id, comparison.Second.Id);
                    foreach (var change in comparison.Changes)
                        changes.AddPlainRow(change.Path, change.Before ?? "–", change.After ?? "–");
                    console.Write(changes);
                    var figures = Tables.New("figure", comparison.First.Id, comparison.Second.Id);
                    foreach (var pair in comparison.Metrics)
                        figures.AddPlainRow(
                            $"{pair.Part} {pair.Name}".ToLowerInvariant(),
                            Tables.Number(pair.First),
                            Tables.Number(pair.Second)
                        );
                    console.Write(figures);
                    console.WriteLine(comparison.SameData ? "Both used the same data." : "They used different data.");
                }
            );
            return Task.FromResult(ExitStatus.Passed);
        }
    }

    sealed class Reproduce() : Verb("reproduce", "Refit a run on its data and prove that the artefact has the same bytes.")
    {
        readonly Argument<string> id = new("run") { Description = "Id of a run, or the start of its artefact hash." };

        protected override IEnumerable<Symbol> Symbols => [id];

        protected override Task<int> RunAsync(CommandContext context)
        {
            var project = context.OpenProject();
            var run = project.Ledger.Find(context.Get(id));
            if (run.Data is null)
                throw new HalleyException(
                    "HLY7020",
                    $"run {run.Id} does not say what it was fitted on, so it can't be fitted again."
                );
            var offset = run.Spec is null ? null : project.OffsetOf(run.Spec);
            var again = context.WithProgress(
                $"fit {run.Model}",
                progress =>
                    run.Streamed == true
                        ? Reproduction.OfStreamed(
                            run,
                            project.Batches(run.Data, context.Cancellation, progress.Part(0, 0.2)),
                            progress: progress.Part(0.2, 1),
                            offsetModel: offset,
                            cancellation: context.Cancellation
                        )
                        : Reproduction.Of(
                            run,
                            project.ReadTable(run.Data, context.Cancellation, progress.Part(0, 0.2)),
                            progress: progress.Part(0.2, 1),
                            offsetModel: offset,
                            cancellation: context.Cancellation
                        )
            );
            var report = new
            {
                Run = run.Id,
                run.Model,
                Same = again.IsSame,
                Expected = run.ArtefactHash,
                Found = again.ArtefactHash,
                again.OtherCode,
            };
            context.Output.Write(
                report,
                console =>
                    console.WriteLine(
                        again.IsSame
                            ? $"{run.Id} reproduced: the artefact has the same bytes ({run.ArtefactHash[..12]})."
                            : $"{run.Id} not reproduced: {run.ArtefactHash[..12]} then, {again.ArtefactHash[..12]} now{(again.OtherCode ? $"; the code was {run.CodeVersion}, now {again.CodeVersion}" : "")}."
                    )
            );
            return Task.FromResult(again.IsSame ? ExitStatus.Passed : ExitStatus.CheckFailed);
        }
    }
}
