using System.Text.RegularExpressions;

namespace Halley.Cli.Tests;

static class Command
{
    /// <summary>Runs the command in this process.</summary>
    public static Task<CommandRun> RunAsync(params string[] arguments) => RunAsync(clock: null, arguments);

    /// <inheritdoc cref="RunAsync(string[])"/>
    public static async Task<CommandRun> RunAsync(TimeProvider? clock, params string[] arguments)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var status = await CommandLine.RunAsync(arguments, output, messages, clock);
        return new(status, output.ToString(), messages.ToString());
    }

    /// <summary>A console's text on one line, without colours.</summary>
    public static string Plain(string text) => Regex.Replace(Regex.Replace(text, @"\x1b\[[0-9;]*m", ""), @"\s+", " ");
}
