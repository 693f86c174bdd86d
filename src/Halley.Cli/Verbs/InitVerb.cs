using System.CommandLine;
using Halley.Data;

namespace Halley.Cli;

/// <summary><c>halley init DIR --data FILE</c></summary>
sealed class InitVerb()
    : Verb(
        "init",
        "Start a project from your own file: a schema, model specs, a decision, tests and gates that run as they stand."
    )
{
    readonly Argument<string> folder = new("folder") { Description = "Folder to make; must be empty or not there." };
    readonly Option<string> data = new("--data")
    {
        Description = "CSV (also .gz) or Parquet file with one row a policy or record.",
        Required = true,
    };
    readonly Option<string?> target = new("--target") { Description = "Column to predict. Default: guessed from the names." };

    protected override IEnumerable<Symbol> Symbols => [folder, data, target];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var path = context.Get(folder);
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new HalleyException("HLY7040", $"the folder '{path}' is not empty. Name another.");
        var file = context.Get(data)!;
        var starter = context.WithProgress("init", progress => Start(context, path, file, progress));
        context.Output.Write(
            new
            {
                Folder = Path.GetFullPath(path),
                starter.Target,
                starter.Exposure,
                starter.Family,
                starter.Split,
                Features = starter.Features.Select(field => field.Name),
                starter.LeftOut,
                starter.OrderLeak,
            },
            console =>
            {
                console.WriteLine(
                    $"written: {path}, predicting '{starter.Target}'{(starter.Exposure is null ? "" : $" over '{starter.Exposure}'")} ({starter.Family})"
                );
                if (starter.Split is not null)
                    console.WriteLine($"rows are parted by the column '{starter.Split}'");
                console.WriteLine($"features: {string.Join(", ", starter.Features.Select(field => field.Name))}");
                foreach (var (column, reason) in starter.LeftOut)
                    console.WriteLine($"left out: {column}: {reason}");
                if (starter.OrderLeak is not null)
                    console.WriteLine($"beware: {starter.OrderLeak}");
                console.WriteLine(
                    $"next: cd {path}; halley fit; halley test; halley release decision; halley promote decision@1 --to dev; halley serve --in dev"
                );
            }
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    StarterProject Start(CommandContext context, string path, string file, IProgress<FitProgress> progress)
    {
        var (schema, table) = FileSchema.Read(file, progress.Part(0, 0.7), context.Cancellation);
        progress.Report(new("writing the project", 0.7));
        var starter = StarterProject.For(schema, table, file, context.Get(target), context.Cancellation);
        starter.WriteTo(path);
        SampleProject.WriteSchemas(path);
        return starter;
    }
}
