using System.CommandLine;
using System.CommandLine.Parsing;
using Halley.Data;

namespace Halley.Cli;

/// <summary>The <c>halley</c> command: builds the verbs, runs one, and turns its end into an exit status.</summary>
static class CommandLine
{
    static readonly Option<bool> JsonOption = new("--json")
    {
        Description = "Print the result as one JSON document.",
        Recursive = true,
    };
    static readonly Option<bool> DebugOption = new("--debug")
    {
        Description = "Show the stack trace of an error.",
        Recursive = true,
    };
    static readonly Option<string?> ProjectOption = new("--project")
    {
        Description = "Project folder. Default: the nearest folder upwards that holds halley.yaml.",
        Recursive = true,
    };

    /// <param name="clock">Null for the machine's own.</param>
    public static async Task<int> RunAsync(
        string[] arguments,
        TextWriter standardOutput,
        TextWriter standardError,
        TimeProvider? clock = null
    )
    {
        clock ??= TimeProvider.System;
        var root = new RootCommand("Halley: from insurance data to live decisions, and what each decision earned.");
        root.Options.Add(JsonOption);
        root.Options.Add(DebugOption);
        root.Options.Add(ProjectOption);
        foreach (var command in Verbs.All())
            root.Subcommands.Add(
                command.Build(
                    (parsed, run, cancellation) => RunAsync(parsed, run, standardOutput, standardError, clock, cancellation)
                )
            );

        var parsed = root.Parse(arguments);
        var invocation = new InvocationConfiguration
        {
            Output = standardOutput,
            Error = standardError,
            EnableDefaultExceptionHandler = false,
            // A server that is told to stop drains, answers what it has begun, and signs the head of its log.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(90),
        };
        // A mistyped option must not be taken for the name of a model or file.
        var mistyped = parsed.Tokens.Where(token =>
            token.Type == System.CommandLine.Parsing.TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal)
        );
        var problems = parsed
            .Errors.Select(error => error.Message)
            .Concat(mistyped.Select(token => $"There is no option '{token.Value}' here."))
            .ToList();
        if (problems.Count == 0)
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        var output = new Output(standardOutput, standardError, arguments.Contains("--json"));
        return Faults.Report(
            new HalleyException("HLY7006", $"{string.Join(" ", problems)}{Suggestion(parsed)} See '{PathOf(parsed)} --help'."),
            output,
            debug: false
        );
    }

    /// <summary>The verb that a mistyped one most likely means.</summary>
    static string Suggestion(ParseResult parsed) =>
        parsed.UnmatchedTokens is [var typed, ..] && parsed.CommandResult.Command.Subcommands is { Count: > 0 } verbs
            ? NearestText.Hint(typed, verbs.Select(verb => verb.Name))
            : "";

    /// <summary><c>halley data check</c>: the command as one types it, up to the verb that was met.</summary>
    static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result.Command is not RootCommand; result = (CommandResult)result.Parent!)
            names.Push(result.Command.Name);
        return string.Join(' ', names.Prepend("halley"));
    }

    static async Task<int> RunAsync(
        ParseResult parsed,
        Func<CommandContext, Task<int>> run,
        TextWriter standardOutput,
        TextWriter standardError,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var output = new Output(standardOutput, standardError, parsed.GetValue(JsonOption));
        try
        {
            var project = ProjectFolder.Find(parsed.GetValue(ProjectOption));
            return await run(new(parsed, output, clock, cancellation) { ProjectFolder = project }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Faults.Report(exception, output, parsed.GetValue(DebugOption));
        }
    }
}
