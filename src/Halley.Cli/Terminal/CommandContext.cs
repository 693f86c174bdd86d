using System.CommandLine;
using Halley.Data;

namespace Halley.Cli;

/// <summary>What a running command has at hand.</summary>
sealed record CommandContext(ParseResult Arguments, Output Output, TimeProvider Clock, CancellationToken Cancellation)
{
    /// <summary>Root of the user's project: <c>--project</c>, else the nearest folder upwards with a <c>halley.yaml</c>, else this folder.</summary>
    public required string ProjectFolder { get; init; }

    public Project OpenProject() => new(ProjectFolder, Clock);

    public T? Get<T>(Option<T> option) => Arguments.GetValue(option);

    public T Get<T>(Argument<T> argument) => Arguments.GetRequiredValue(argument);

    /// <summary>The promise of a name where none is given: that of the machine's user, vouched for by nobody.</summary>
    public static Registry.Actor ActorOf(string? name) => Registry.Actor.Unverified(name ?? Environment.UserName);

    /// <summary>Shows progress with the time left on standard error while <paramref name="work"/> runs.</summary>
    public T WithProgress<T>(string title, Func<IProgress<FitProgress>, T> work)
    {
        using var line = new ProgressLine(Output.Messages, Clock, title);
        return work(line);
    }

    /// <inheritdoc cref="WithProgress{T}(string, Func{IProgress{FitProgress}, T})"/>
    public void WithProgress(string title, Action<IProgress<FitProgress>> work)
    {
        using var line = new ProgressLine(Output.Messages, Clock, title);
        work(line);
    }

    /// <inheritdoc cref="WithProgress{T}(string, Func{IProgress{FitProgress}, T})"/>
    public async Task<T> WithProgressAsync<T>(string title, Func<IProgress<FitProgress>, Task<T>> work)
    {
        using var line = new ProgressLine(Output.Messages, Clock, title);
        return await work(line);
    }
}
