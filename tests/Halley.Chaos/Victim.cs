namespace Halley.Chaos;

/// <summary>The process that is killed: it works as fast as it can and says on standard output what it was promised.</summary>
static class Victim
{
    static readonly Lock Gate = new();
    static readonly Stream Output = Console.OpenStandardOutput();

    internal static async Task<int> RunAsync(string work, string folder, string[] arguments)
    {
        // A closed standard input asks for an orderly end.
        using var stop = new CancellationTokenSource();
        _ = Task.Run(() =>
        {
            while (Console.In.ReadLine() is not null) { }
            stop.Cancel();
        });
        await using var store = new Registry.LocalStore(folder, TimeProvider.System);
        switch (work)
        {
            case "decide":
                await DecideWork.RunAsync(store, arguments[0], int.Parse(arguments[1]), stop.Token);
                return 0;
            case "promote":
                await PromoteWork.RunAsync(store, stop.Token);
                return 0;
            case "serve":
                await ServeWork.RunAsync(store, folder, TimeSpan.FromHours(int.Parse(arguments[0])), stop.Token);
                return 0;
            case "fill":
                return await FillWork.RunAsync(store, folder);
            default:
                throw new ArgumentException($"there is no work '{work}'.", nameof(work));
        }
    }

    /// <summary>Writes one line in one call: what a reader has read of it whole was written before the kill.</summary>
    internal static void Say(params ReadOnlySpan<string> words)
    {
        var line = System.Text.Encoding.UTF8.GetBytes(string.Join(' ', words) + "\n");
        lock (Gate)
            Output.Write(line);
    }
}
