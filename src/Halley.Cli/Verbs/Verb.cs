using System.CommandLine;

namespace Halley.Cli;

/// <summary>Runs a verb's body with its context; the command line supplies it.</summary>
delegate Task<int> VerbRunner(ParseResult parsed, Func<CommandContext, Task<int>> body, CancellationToken cancellation);

/// <summary>One verb of the command line: its options and what it does.</summary>
abstract class Verb(string name, string description)
{
    protected string Name { get; } = name;

    /// <summary>Verbs below this one, for example <c>data check</c>.</summary>
    protected virtual IEnumerable<Verb> Children => [];

    /// <summary>What this verb does where none of its children is named; null where one must be.</summary>
    protected virtual Verb? Alone => null;

    protected virtual IEnumerable<Symbol> Symbols => [];

    /// <summary>Does the work and returns an <see cref="ExitStatus"/>. Exceptions are turned into messages by the caller.</summary>
    protected virtual Task<int> RunAsync(CommandContext context) =>
        throw new InvalidOperationException($"'{Name}' needs a verb of its own.");

    public Command Build(VerbRunner runner)
    {
        var command = new Command(Name, description);
        foreach (var symbol in Symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        foreach (var child in Children)
            command.Subcommands.Add(child.Build(runner));
        if (!Children.Any())
            command.SetAction((parsed, cancellation) => runner(parsed, RunAsync, cancellation));
        if (Alone is { } alone)
            command.SetAction((parsed, cancellation) => runner(parsed, alone.RunAsync, cancellation));
        return command;
    }
}
