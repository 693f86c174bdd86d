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
}
