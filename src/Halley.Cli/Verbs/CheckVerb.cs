using System.CommandLine;

namespace Halley.Cli;

/// <summary><c>halley check</c>: every file of the project by its schema.</summary>
sealed class CheckVerb() : Verb("check", "Read every file of the project by its schema; each problem with file, line and remedy.")
{
    readonly Option<bool> tables = new("--tables") { Description = "Read every table of data.yaml by its schema too." };

    protected override IEnumerable<Symbol> Symbols => [tables];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var files = context.WithProgress(
            "check",
            progress => ProjectCheck.Of(project, context.Get(tables), progress, context.Cancellation)
        );
        var wrong = files.Where(file => file.Problem is not null).ToList();
        context.Output.Write(
            new { Passed = wrong.Count == 0, Files = files },
            console =>
            {
                foreach (var file in wrong)
                    console.WriteLine($"{file.Path}: {file.Problem}");
                console.WriteLine($"{files.Count - wrong.Count} of {files.Count} files and tables are as their schemas say");
            }
        );
        return Task.FromResult(wrong.Count == 0 ? ExitStatus.Passed : ExitStatus.CheckFailed);
    }
}
